#!/bin/bash
# Succeeds when the service in this container answers its readiness check with 200. Written in bash alone (its /dev/tcp),
# so that the images need neither curl nor wget. The port is ENGRAM_HTTP_PORT, which every container file sets.
set -euo pipefail
exec 3<>"/dev/tcp/127.0.0.1/${ENGRAM_HTTP_PORT:?}"
printf 'GET /q/health/ready HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n' >&3
read -r -t 3 status <&3
[[ $status == *" 200 "* ]]
