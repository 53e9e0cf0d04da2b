# The Locust users in three sizes against a running server: load/run_tests.ps1 [-TargetHost URL]; reports in build/load/locust.
param([string]$TargetHost = "http://localhost:8000")
$ErrorActionPreference = "Stop"
Set-Location (Join-Path $PSScriptRoot "..")
$out = "build/load/locust"
New-Item -ItemType Directory -Force -Path $out | Out-Null
try { Invoke-RestMethod -Uri "$TargetHost/health" -TimeoutSec 5 | Out-Null }
catch { Write-Error "$TargetHost does not answer; start it first: dss serve --port 8000"; exit 1 }
if (-not (Get-Command locust -ErrorAction SilentlyContinue)) { python -m pip install --quiet -r load/requirements.txt }
$env:PYTHONPATH = "."
$sizes = @(
    @{ Name = "light"; Users = 10; SpawnRate = 2; RunTime = "1m" },
    @{ Name = "usual"; Users = 50; SpawnRate = 10; RunTime = "2m" },
    @{ Name = "heavy"; Users = 200; SpawnRate = 20; RunTime = "2m" }
)
foreach ($size in $sizes) {
    Write-Host "== $($size.Name): $($size.Users) users for $($size.RunTime)"
    locust -f load/locustfile.py --host $TargetHost --headless --only-summary --users $size.Users --spawn-rate $size.SpawnRate `
        --run-time $size.RunTime --html "$out/$($size.Name).html" --csv "$out/$($size.Name)"
    if ($LASTEXITCODE -ne 0) { exit $LASTEXITCODE }
}
Write-Host "reports: $out"
