-- Health of every kind of medlyssning.dev in Argo CD: one script, since most of it is the same for all.
local found = {}
if obj.status ~= nil and obj.status.conditions ~= nil then
  for _, condition in ipairs(obj.status.conditions) do
    found[condition.type] = condition
  end
end
local function is(type, status)
  return found[type] ~= nil and found[type].status == status
end
local function result(status, message)
  return { status = status, message = message }
end
-- A MediaNode is written by its sidecar, all else by the operator.
local writer = obj.kind == "MediaNode" and "sidecar" or "operator"

if obj.metadata.deletionTimestamp ~= nil then
  return result("Progressing", "Being deleted.")
end
if found.Ready == nil then
  return result("Progressing", "Waiting for the " .. writer .. ".")
end
if obj.status.observedGeneration ~= nil and obj.status.observedGeneration ~= obj.metadata.generation then
  return result("Progressing", "Waiting for the " .. writer .. " to see the newest change.")
end
local ready = found.Ready
if ready.status == "Unknown" then
  return result(ready.reason == "Paused" and "Suspended" or "Progressing", ready.message)
end

if obj.kind == "MediaNode" then
  if found.PolicyApplied ~= nil and found.PolicyApplied.reason == "NotListed" then
    return result("Progressing", found.PolicyApplied.message)
  end
  if ready.status == "False" then
    return result("Degraded", ready.message)
  end
  if is("PolicyApplied", "False") then
    return result("Degraded", found.PolicyApplied.message)
  end
  if obj.status.mirror ~= nil and obj.status.mirror.state == "Down" then
    return result("Progressing", "The call engine does not mirror its traffic; calls are listed again and again until it does.")
  end
end

if obj.kind == "Entitlement" and (ready.reason == "NotYetValid" or ready.reason == "Expired") then
  -- As asked for: nobody holds it outside its time.
  return result("Suspended", ready.message)
end
if ready.status == "False" then
  -- Without Stalled it waits for what is still to come, such as its company.
  return result(is("Stalled", "True") and "Degraded" or "Progressing", ready.message)
end

if obj.kind == "Company" then
  if is("Guarded", "False") then
    -- Without the admission policies anyone who may edit could grant rights (R3).
    return result("Degraded", found.Guarded.message)
  end
  if found.Enforced ~= nil and found.Enforced.status ~= "True" then
    -- What was applied holds once the media nodes have it.
    return result("Progressing", found.Enforced.message)
  end
  if obj.spec.listening ~= nil and obj.spec.listening.enabled == false then
    return result("Healthy", "Listening is off in this company.")
  end
end
return result("Healthy", ready.message)
