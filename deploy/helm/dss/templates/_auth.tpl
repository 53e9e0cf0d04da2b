{{/* Who may use the pods: arguments, mounts and volumes of each auth.mode. */}}

{{/* "true" where API keys are taken, which auth.mode jwt does beside tokens if it is given a Secret with keys. */}}
{{- define "dss.takesKeys" -}}
{{- $auth := .Values.auth -}}
{{- if or (eq $auth.mode "keys") (and (eq $auth.mode "jwt") $auth.keysSecretName) }}true{{ end }}
{{- end }}

{{- define "dss.authArguments" -}}
{{- $jwt := .Values.auth.jwt -}}
{{- if eq .Values.auth.mode "none" }}
- --allow-unauthenticated
{{- else }}
- --auth={{ .Values.auth.mode }}
{{- end }}
{{- if include "dss.takesKeys" . }}
- --auth-store=file:/run/secrets/keys/keys.txt
{{- end }}
{{- if eq .Values.auth.mode "jwt" }}
- --jwt-jwks=/run/secrets/jwks/jwks.json
- {{ printf "--jwt-issuer=%s" (required "auth.jwt.issuer is needed with auth.mode jwt" $jwt.issuer) | quote }}
- {{ printf "--jwt-audience=%s" (required "auth.jwt.audience is needed with auth.mode jwt" $jwt.audience) | quote }}
- --jwt-alg={{ $jwt.alg }}
{{- with $jwt.rolesClaim }}
- {{ printf "--jwt-roles-claim=%s" . | quote }}
{{- end }}
{{- with $jwt.tenantClaim }}
- {{ printf "--jwt-tenant-claim=%s" . | quote }}
{{- end }}
{{- end }}
{{- end }}

{{- define "dss.authMounts" -}}
{{- if include "dss.takesKeys" . }}
- name: keys
  mountPath: /run/secrets/keys
  readOnly: true
{{- end }}
{{- if eq .Values.auth.mode "jwt" }}
- name: jwks
  mountPath: /run/secrets/jwks
  readOnly: true
{{- end }}
{{- end }}

{{- define "dss.authVolumes" -}}
{{- $jwt := .Values.auth.jwt -}}
{{- if include "dss.takesKeys" . }}
- name: keys
  secret:
    secretName: {{ required "auth.keysSecretName is needed with auth.mode keys" .Values.auth.keysSecretName }}
    defaultMode: 0440
{{- end }}
{{- if eq .Values.auth.mode "jwt" }}
{{- if eq (empty $jwt.jwksConfigMapName) (empty $jwt.jwksSecretName) }}
{{- fail "auth.mode jwt needs one of auth.jwt.jwksConfigMapName and auth.jwt.jwksSecretName, not both" }}
{{- end }}
- name: jwks
  {{- if $jwt.jwksConfigMapName }}
  configMap:
    name: {{ $jwt.jwksConfigMapName }}
  {{- else }}
  secret:
    secretName: {{ $jwt.jwksSecretName }}
  {{- end }}
    defaultMode: 0440
    items:
      - key: {{ $jwt.jwksKey }}
        path: jwks.json
{{- end }}
{{- end }}
