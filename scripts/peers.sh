#!/usr/bin/env bash
# Install the devices of other makes that tests/connectors run against: mosquitto (an MQTT broker)
# with its clients, and libmodbus with a C compiler (a Modbus server). Idempotent; without root it
# says what to do.
set -euo pipefail

want=()
command -v mosquitto >/dev/null || [ -x /usr/sbin/mosquitto ] || want+=(mosquitto)
command -v mosquitto_pub >/dev/null || want+=(mosquitto-clients)
command -v cc >/dev/null || want+=(gcc libc6-dev)
pkg-config --exists libmodbus 2>/dev/null || want+=(libmodbus-dev pkg-config)
[ ${#want[@]} -gt 0 ] || exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  echo "[peers] installing ${want[*]} from Debian for the connector tests"
  apt-get update -qq
  # the tests start brokers of their own; Debian must not start one as a service
  RUNLEVEL=1 DEBCONF_NOWARNINGS=yes DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${want[@]}" >/dev/null
else
  echo "[peers] without ${want[*]} the tests against devices of other makes are skipped;" \
    "get them with: sudo apt-get install ${want[*]}"
fi
