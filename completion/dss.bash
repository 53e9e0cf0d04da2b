# bash completion for dss
_dss() {
  local word=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]} flags=""
  if [[ $COMP_CWORD -eq 1 ]]; then
    COMPREPLY=($(compgen -f -W "serve score anonymize features eval feedback policy keys compare --help --version" -- "$word"))
    return
  fi
  case ${COMP_WORDS[1]}:$previous in
    serve:--listen) return ;;
    serve:--port) return ;;
    serve:--admin-listen) return ;;
    serve:--tls-cert) COMPREPLY=($(compgen -f -- "$word")); return ;;
    serve:--tls-key) COMPREPLY=($(compgen -f -- "$word")); return ;;
    serve:--workers) return ;;
    serve:--drain-seconds) return ;;
    serve:--auth) COMPREPLY=($(compgen -W "none keys jwt" -- "$word")); return ;;
    serve:--auth-store) return ;;
    serve:--auth-refresh-seconds) return ;;
    serve:--jwt-jwks) COMPREPLY=($(compgen -f -- "$word")); return ;;
    serve:--jwt-issuer) return ;;
    serve:--jwt-audience) return ;;
    serve:--jwt-alg) COMPREPLY=($(compgen -W "RS256 ES256 EdDSA" -- "$word")); return ;;
    serve:--jwt-leeway-seconds) return ;;
    serve:--jwt-roles-claim) return ;;
    serve:--jwt-tenant-claim) return ;;
    serve:--quota-key-requests) return ;;
    serve:--quota-key-burst) return ;;
    serve:--quota-key-characters) return ;;
    serve:--quota-key-characters-burst) return ;;
    serve:--quota-address-requests) return ;;
    serve:--quota-address-burst) return ;;
    serve:--quota-address-characters) return ;;
    serve:--quota-address-characters-burst) return ;;
    serve:--quota-failures-per-minute) return ;;
    serve:--quota-accounts) return ;;
    serve:--trusted-proxies) return ;;
    serve:--forwarded-header) COMPREPLY=($(compgen -W "x-forwarded-for forwarded" -- "$word")); return ;;
    serve:--models) COMPREPLY=($(compgen -f -- "$word")); return ;;
    serve:--default-model) COMPREPLY=($(compgen -W "simple bert" -- "$word")); return ;;
    serve:--foreign-language) COMPREPLY=($(compgen -W "mark refuse" -- "$word")); return ;;
    serve:--encoder-directory) COMPREPLY=($(compgen -f -- "$word")); return ;;
    serve:--encoder-precision) COMPREPLY=($(compgen -W "int8 bf16 fp32" -- "$word")); return ;;
    serve:--encoder-workers) return ;;
    serve:--encoder-batch-tokens) return ;;
    serve:--encoder-queue-tokens) return ;;
    serve:--threshold-toxic) return ;;
    serve:--threshold-severe-toxic) return ;;
    serve:--threshold-obscene) return ;;
    serve:--threshold-threat) return ;;
    serve:--threshold-insult) return ;;
    serve:--threshold-identity-hate) return ;;
    serve:--perspective-unsupported) COMPREPLY=($(compgen -W "error drop" -- "$word")); return ;;
    serve:--lists-directory) COMPREPLY=($(compgen -f -- "$word")); return ;;
    serve:--log-level) COMPREPLY=($(compgen -W "debug info warn error" -- "$word")); return ;;
    serve:--log-access-sample) return ;;
    serve:--metrics-token-file) COMPREPLY=($(compgen -f -- "$word")); return ;;
    serve:--tracing-endpoint) return ;;
    serve:--tracing-sample-ratio) return ;;
    serve:--tracing-resource) return ;;
    serve:--feedback-store) return ;;
    serve:--feedback-key-file) COMPREPLY=($(compgen -f -- "$word")); return ;;
    serve:--feedback-retention-days) return ;;
    serve:--feedback-entry-retention-days) return ;;
    serve:--privacy-mask) COMPREPLY=($(compgen -W "none store score" -- "$word")); return ;;
    serve:--privacy-hash-key-file) COMPREPLY=($(compgen -f -- "$word")); return ;;
    serve:--policies-directory) COMPREPLY=($(compgen -f -- "$word")); return ;;
    serve:--security-sandbox) COMPREPLY=($(compgen -W "auto on off" -- "$word")); return ;;
    serve:--security-sandbox-read) return ;;
    serve:--http-connections) return ;;
    serve:--http-connections-per-address) return ;;
    serve:--http-handshake-ms) return ;;
    serve:--http-header-ms) return ;;
    serve:--http-request-line-bytes) return ;;
    serve:--http-header-bytes) return ;;
    serve:--http-header-count) return ;;
    serve:--http-body-ms) return ;;
    serve:--http-ignored-body-bytes) return ;;
    serve:--http-body-memory-bytes) return ;;
    serve:--http-chunk-overhead-bytes) return ;;
    serve:--http-pipelined-requests) return ;;
    serve:--http-unread-output-bytes) return ;;
    serve:--http-write-ms) return ;;
    serve:--http-requests-per-connection) return ;;
    serve:--http-idle-ms) return ;;
    serve:--http-linger-bytes) return ;;
    serve:--http-linger-ms) return ;;
    serve:--http-sweep-ms) return ;;
    serve:--config) COMPREPLY=($(compgen -f -- "$word")); return ;;
    serve:--model) return ;;
    score:--model) COMPREPLY=($(compgen -W "simple bert bert=DIR" -- "$word")); return ;;
    score:--input-format) COMPREPLY=($(compgen -W "text lines csv ndjson" -- "$word")); return ;;
    score:--output-format) COMPREPLY=($(compgen -W "table csv ndjson" -- "$word")); return ;;
    score:--text-column) return ;;
    score:--nest) return ;;
    score:--models) COMPREPLY=($(compgen -f -- "$word")); return ;;
    score:--foreign-language) COMPREPLY=($(compgen -W "mark refuse" -- "$word")); return ;;
    score:--workers) return ;;
    score:--config) COMPREPLY=($(compgen -f -- "$word")); return ;;
    anonymize:--strategy) COMPREPLY=($(compgen -W "mask hash drop" -- "$word")); return ;;
    anonymize:--input-format) COMPREPLY=($(compgen -W "text lines csv ndjson" -- "$word")); return ;;
    anonymize:--kinds) return ;;
    anonymize:--text-column) return ;;
    anonymize:--privacy-hash-key-file) COMPREPLY=($(compgen -f -- "$word")); return ;;
    anonymize:--workers) return ;;
    anonymize:--config) COMPREPLY=($(compgen -f -- "$word")); return ;;
    eval:--model) COMPREPLY=($(compgen -W "simple bert bert=DIR" -- "$word")); return ;;
    eval:--models) COMPREPLY=($(compgen -f -- "$word")); return ;;
    eval:--data) COMPREPLY=($(compgen -f -- "$word")); return ;;
    eval:--perspective) return ;;
    eval:--resamples) return ;;
    feedback:--format) COMPREPLY=($(compgen -W "csv ndjson" -- "$word")); return ;;
    feedback:--since) return ;;
    feedback:--client-token) return ;;
    feedback:--tenant) return ;;
    feedback:--feedback-store) return ;;
    feedback:--feedback-key-file) COMPREPLY=($(compgen -f -- "$word")); return ;;
    feedback:--config) COMPREPLY=($(compgen -f -- "$word")); return ;;
    policy:--input-format) COMPREPLY=($(compgen -W "lines csv ndjson" -- "$word")); return ;;
    policy:--text-column) return ;;
    policy:--models) COMPREPLY=($(compgen -f -- "$word")); return ;;
    policy:--default-model) COMPREPLY=($(compgen -W "simple bert" -- "$word")); return ;;
    policy:--config) COMPREPLY=($(compgen -f -- "$word")); return ;;
    keys:--store) return ;;
    keys:--role) return ;;
    keys:--name) return ;;
    keys:--tenant) return ;;
    keys:--expires) return ;;
    keys:--grace) return ;;
    keys:--auth-store) return ;;
    keys:--config) COMPREPLY=($(compgen -f -- "$word")); return ;;
    compare:--text-column) return ;;
    compare:--old-column) return ;;
    compare:--attribute) return ;;
    compare:--threshold) return ;;
    compare:--model) COMPREPLY=($(compgen -W "simple bert bert=DIR" -- "$word")); return ;;
    compare:--models) COMPREPLY=($(compgen -f -- "$word")); return ;;
    compare:--changed) COMPREPLY=($(compgen -f -- "$word")); return ;;
    compare:--resamples) return ;;
  esac
  case ${COMP_WORDS[1]} in
    serve) flags="--help -h --listen --port --admin-listen --tls-cert --tls-key --allow-unauthenticated --workers --drain-seconds --auth --auth-store --auth-refresh-seconds --jwt-jwks --jwt-issuer --jwt-audience --jwt-alg --jwt-leeway-seconds --jwt-roles-claim --jwt-tenant-claim --quota-key-requests --quota-key-burst --quota-key-characters --quota-key-characters-burst --quota-address-requests --quota-address-burst --quota-address-characters --quota-address-characters-burst --quota-failures-per-minute --quota-accounts --trusted-proxies --forwarded-header --models --default-model --foreign-language --encoder-directory --encoder-precision --encoder-workers --encoder-batch-tokens --encoder-queue-tokens --encoder-degrade --threshold-toxic --threshold-severe-toxic --threshold-obscene --threshold-threat --threshold-insult --threshold-identity-hate --perspective-map --perspective-unsupported --lists-directory --log-level --log-access-sample --metrics-token-file --metrics-ignore-untemplated --metrics-created-series --tracing-endpoint --tracing-sample-ratio --tracing-resource --feedback-store --feedback-key-file --feedback-keep-text --feedback-retention-days --feedback-entry-retention-days --privacy-mask --privacy-hash-key-file --policies-directory --security-sandbox --security-sandbox-read --http-connections --http-connections-per-address --http-handshake-ms --http-header-ms --http-request-line-bytes --http-header-bytes --http-header-count --http-body-ms --http-ignored-body-bytes --http-body-memory-bytes --http-chunk-overhead-bytes --http-pipelined-requests --http-unread-output-bytes --http-write-ms --http-requests-per-connection --http-idle-ms --http-linger-bytes --http-linger-ms --http-sweep-ms --config --print-config --model" ;;
    score) flags="--help -h --model --input-format --output-format --text-column --nest --quiet -q --models --foreign-language --workers --config --print-config" ;;
    anonymize) flags="--help -h --strategy --input-format --kinds --text-column --quiet -q --privacy-hash-key-file --workers --config --print-config" ;;
    features) flags="--help -h --output -o --bits --normalized" ;;
    eval) flags="--help -h --model --models --data --perspective --resamples --json" ;;
    feedback) flags="--help -h --format --since --client-token --tenant --feedback-store --feedback-key-file --config --print-config" ;;
    policy) flags="--help -h --input-format --text-column --models --default-model --config --print-config" ;;
    keys) flags="--help -h --store --role --name --tenant --expires --grace --auth-store --config --print-config" ;;
    compare) flags="--help -h --text-column --old-column --attribute --threshold --model --models --changed --no-map --resamples" ;;
  esac
  if [[ $word == -* ]]; then
    COMPREPLY=($(compgen -W "$flags" -- "$word"))
  else
    COMPREPLY=($(compgen -f -- "$word"))
  fi
}
complete -o filenames -F _dss dss
