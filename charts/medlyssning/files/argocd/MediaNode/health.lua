-- Health of a MediaNode in Argo CD. Up to the line of dashes the same for every kind.
local hs = { status = "Progressing", message = "Waiting for the sidecar." }
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
  hs.status = status
  hs.message = message
  return hs
end

if obj.metadata.deletionTimestamp ~= nil then
  return result("Progressing", "Being deleted.")
end
if found.Ready == nil then
  return hs
end
if obj.status.observedGeneration ~= nil and obj.status.observedGeneration ~= obj.metadata.generation then
  return result("Progressing", "Waiting for the sidecar to see the newest change.")
end
--------------------------------------------------------------------------------
if is("Ready", "Unknown") then
  return result("Progressing", found.Ready.message)
end
if found.PolicyApplied ~= nil and found.PolicyApplied.reason == "NotListed" then
  return result("Progressing", found.PolicyApplied.message)
end
if is("Ready", "False") then
  return result("Degraded", found.Ready.message)
end
if is("PolicyApplied", "False") then
  return result("Degraded", found.PolicyApplied.message)
end
if obj.status.mirror ~= nil and obj.status.mirror.state == "Down" then
  return result("Progressing", "The call engine does not mirror its traffic; calls are listed again and again until it does.")
end
return result("Healthy", found.Ready.message)
