{{/* Labels of every object: those of deploy/k8s and those that Helm's conventions ask for. */}}
{{- define "dss.labels" -}}
app.kubernetes.io/name: {{ .Values.name }}
app.kubernetes.io/part-of: digital-social-score
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ .Chart.Name }}-{{ .Chart.Version }}
{{- end }}

{{/* What selects the pods. A Deployment's selector cannot be changed, so nothing else stands here. */}}
{{- define "dss.selector" -}}
app: {{ .Values.name }}
{{- end }}

{{/* metadata with a name behind the service's: (list . "-metrics") */}}
{{- define "dss.metadata" -}}
{{- $root := index . 0 -}}
name: {{ $root.Values.name }}{{ index . 1 }}
namespace: {{ $root.Release.Namespace }}
labels:
  {{- include "dss.labels" $root | nindent 2 }}
{{- end }}

{{/* Rules made by `make monitoring`, for this release's names. */}}
{{- define "dss.rules" -}}
{{- $namespace := printf "namespace=%q" .Release.Namespace -}}
{{- .Files.Get "files/rules.yaml"
    | replace "namespace=\"toxicity-api\"" $namespace
    | replace "job=\"toxicity-api\"" (printf "job=%q" .Values.name)
    | replace "container=\"toxicity-api\"" (printf "container=%q" .Values.name) -}}
{{- end }}
