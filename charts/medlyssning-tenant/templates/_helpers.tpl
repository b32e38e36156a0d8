{{- /* Without the version of the chart: another one changes no right, so that it does not ask for who may write one (R3). */ -}}
{{- define "tenant.labels" -}}
app.kubernetes.io/part-of: medlyssning
app.kubernetes.io/managed-by: {{ .Release.Service }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}

{{- define "tenant.company" -}}
{{ .Values.company.name | default .Release.Name }}
{{- end -}}

{{- /* Fails where a text does not match; call with (dict "at" … "field" … "value" … "pattern" … "write" …). Numbers of people are shortened. */ -}}
{{- define "tenant.demand" -}}
{{- if not (regexMatch .pattern .value) }}
{{- $shown := ternary (printf "%s…" (trunc 5 .value)) .value (and (has .field (list "number" "mobile")) (gt (len .value) 5)) }}
{{- fail (printf "%s: %s is \"%s\"; write %s" .at .field $shown .write) }}
{{- end }}
{{- end -}}

{{- /* The column names of a CSV, and which of them are lists. */ -}}
{{- define "tenant.columns" -}}
name displayName extension number mobile app desk softphone browser profiles subject licenses rights
{{- end -}}

{{- /* All users as JSON, by name, with `at`: where each was written. */ -}}
{{- define "tenant.users" -}}
{{- $users := dict -}}
{{- range $name, $user := .Values.users -}}
{{- $_ := set $users $name (merge (dict "at" (printf "users.%s" $name)) $user) -}}
{{- end -}}
{{- $columns := list -}}
{{- $separator := "," -}}
{{- $known := splitList " " (include "tenant.columns" .) -}}
{{- range $index, $line := splitList "\n" (.Values.usersCsv | trimPrefix "\ufeff" | replace "\r" "") -}}
{{- $at := printf "usersCsv line %d" (add1 $index) -}}
{{- if contains "\"" $line -}}
{{- fail (printf "%s has quotation marks, which are not read; put ; between the columns where a text has a comma" $at) -}}
{{- end -}}
{{- if eq (trim $line) "" -}}
{{- else if not $columns -}}
{{- $separator = ternary ";" "," (contains ";" $line) -}}
{{- range splitList $separator $line -}}
{{- $column := trim . -}}
{{- if not (has $column $known) -}}
{{- fail (printf "%s: there is no column \"%s\"; columns are %s" $at $column (join ", " $known)) -}}
{{- end -}}
{{- if has $column $columns -}}
{{- fail (printf "%s: the column \"%s\" is there twice" $at $column) -}}
{{- end -}}
{{- $columns = append $columns $column -}}
{{- end -}}
{{- range list "name" "displayName" "profiles" -}}
{{- if not (has . $columns) -}}
{{- fail (printf "%s: the column \"%s\" is missing" $at .) -}}
{{- end -}}
{{- end -}}
{{- else -}}
{{- $fields := splitList $separator $line -}}
{{- if ne (len $fields) (len $columns) -}}
{{- fail (printf "%s has %d columns in place of %d" $at (len $fields) (len $columns)) -}}
{{- end -}}
{{- $user := dict -}}
{{- range $place, $column := $columns -}}
{{- $field := trim (index $fields $place) -}}
{{- if has $column (list "profiles" "licenses" "rights") -}}
{{- $_ := set $user $column (compact (splitList " " $field)) -}}
{{- else if ne $field "" -}}
{{- $_ := set $user $column $field -}}
{{- end -}}
{{- end -}}
{{- $name := $user.name | default "" -}}
{{- include "tenant.demand" (dict "at" $at "field" "name" "value" $name "pattern" "^[a-z0-9]([a-z0-9.-]{0,61}[a-z0-9])?$" "write" "lower-case letters, digits, dots and dashes, such as karin") -}}
{{- $at = printf "%s (%s)" $at $name -}}
{{- with get $users $name -}}
{{- fail (printf "%s: there is a user of this name already, in %s" $at .at) -}}
{{- end -}}
{{- $_ := set $users $name (merge (dict "at" $at) (omit $user "name")) -}}
{{- end -}}
{{- end -}}
{{- range $name, $user := $users -}}
{{- include "tenant.checkUser" (dict "root" $ "user" $user) -}}
{{- end -}}
{{- toJson $users -}}
{{- end -}}

{{- define "tenant.checkUser" -}}
{{- $user := .user -}}
{{- $values := .root.Values -}}
{{- $number := "^\\+?[0-9][0-9 ()/.-]{1,30}$" -}}
{{- $address := "^[A-Za-z0-9_.!~*'()&=+$,;?/%-]{1,64}@[A-Za-z0-9]([A-Za-z0-9.-]{0,188}[A-Za-z0-9])?$" -}}
{{- include "tenant.demand" (dict "at" $user.at "field" "displayName" "value" ($user.displayName | default "") "pattern" "^.{1,128}$" "write" "the name that others see, at most 128 characters") -}}
{{- with $user.extension }}
{{- include "tenant.demand" (dict "at" $user.at "field" "extension" "value" (include "tenant.extension" .) "pattern" "^[0-9]{2,8}$" "write" "2 to 8 digits") -}}
{{- end }}
{{- range $field := list "number" "mobile" }}
{{- with get $user $field }}
{{- include "tenant.demand" (dict "at" $user.at "field" $field "value" . "pattern" $number "write" "a number such as +46846500401 or 08-465 004 01") -}}
{{- end }}
{{- end }}
{{- range $field := list "app" "desk" "softphone" "browser" }}
{{- with get $user $field }}
{{- include "tenant.demand" (dict "at" $user.at "field" $field "value" . "pattern" $address "write" "a SIP address such as karin-desk@acme.example") -}}
{{- end }}
{{- end }}
{{- if not $user.profiles }}
{{- fail (printf "%s: profiles is empty; name at least one of profiles, the first is the default" $user.at) }}
{{- end }}
{{- range $field := list "profiles" "licenses" "rights" }}
{{- $there := get $values $field }}
{{- range get $user $field | default list }}
{{- if not (or (hasKey $there .) (and (eq $field "profiles") (not $there))) }}
{{- fail (printf "%s: %s names \"%s\", which is not among the values of %s (%s)" $user.at $field . $field (keys $there | sortAlpha | join ", " | default "there are none")) }}
{{- end }}
{{- end }}
{{- end }}
{{- end -}}

{{- /* One may write it as a number. */ -}}
{{- define "tenant.extension" -}}
{{- if kindIs "string" . }}{{ . }}{{ else }}{{ int64 . }}{{ end -}}
{{- end -}}

{{- /* The users of an entitlement, as JSON: those it names, and those that name it. Call with root, users, kind ("licenses"), name. */ -}}
{{- define "tenant.holders" -}}
{{- $named := (index .root.Values .kind .name).users | default list -}}
{{- $kind := .kind -}}
{{- $name := .name -}}
{{- $users := .users -}}
{{- range $named -}}
{{- if and $users (not (hasKey $users .)) -}}
{{- fail (printf "%s.%s: users names \"%s\", who is neither among users nor in usersCsv" $kind $name .) -}}
{{- end -}}
{{- end -}}
{{- range $user := keys $users | sortAlpha -}}
{{- if has $name (get (get $users $user) $kind | default list) -}}
{{- $named = append $named $user -}}
{{- end -}}
{{- end -}}
{{- toJson ($named | uniq) -}}
{{- end -}}
