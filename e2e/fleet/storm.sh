#!/bin/sh
# One life of the storm: writes down that it began, lives for a random moment, writes down how it ends.
# Only builtins but `sleep`: hundreds of these start every second.
say() {
  read -r up _ < /proc/uptime
  echo "$STORM_NAME $SIGNALBOX_INVOCATION $$ $1 $2 $up" >> "$STORM_DIARY"
}

say begin -
dice=$(( ($$ * 7919 + STORM_SEED * 104729) % 9973 ))
if [ $(( dice % 17 )) -eq 0 ]; then trap '' TERM; else trap 'say asked 0; exit 0' TERM; fi
live=$(( STORM_MIN_MS + dice * 31 % STORM_SPAN_MS ))
sleep "$(( live / 1000 )).$(( live % 1000 / 100 ))$(( live % 100 / 10 ))"
case $(( dice % 10 )) in
  [0-3]) say end $(( dice % 3 + 1 )); exit $(( dice % 3 + 1 )) ;;
  4) say killed -; kill -9 $$ ;;
  *) say end 0; exit 0 ;;
esac
