#!/bin/sh
# Real systemd as PID 1 of a machine made of namespaces, on a copy of this one that is thrown away.
# Called by systemd-host.ts in stages, each of them the outside of the next:
#   keep FOLDER         holds the disk and the network, and boots once for every boot id it reads
#   start FOLDER BOOT   first process of a new pid namespace: says its pid, joins a cgroup of its own
#   enter FOLDER BOOT   sees that cgroup as the root: mounts what a machine has, becomes systemd
# `try FOLDER` only finds out whether the machine allows it.
set -eu
stage=$1
folder=$2
name=$(basename "$folder")
root=$folder/disk/root

# Where the cgroup hierarchy of one line of /proc/self/cgroup is mounted, below $1; nothing if it is not.
hierarchy() {
  case $2 in
  '') if [ -e "$1/cgroup.procs" ]; then echo "$1"; else echo "$1/unified"; fi ;;
  name=*) echo "$1/${2#name=}" ;;
  *) echo "$1/$2" ;;
  esac
}

make_disk() {
  mount -t tmpfs -o mode=0755 signalbox-disk "$folder/disk"
  mkdir "$folder/disk/upper" "$folder/disk/work" "$root"
  mount -t overlay -o "lowerdir=/,upperdir=$folder/disk/upper,workdir=$folder/disk/work" signalbox-root "$root"
}

try() {
  make_disk
  join_cgroups
  unshare --cgroup true
  hostname signalbox
  mount -t proc proc "$root/proc"
  mount -t sysfs -o ro sysfs "$root/sys"
}

keep() {
  make_disk
  # Nobody's own files, keys and start-up scripts.
  mount -t tmpfs -o mode=0700 signalbox-home "$root/root"
  mount -t tmpfs -o mode=0755 signalbox-home "$root/home"
  echo disk
  while read -r boot; do
    code=0
    clocks=
    # A machine counts the time since its boot from zero.
    if [ -e /proc/self/ns/time ]; then
      IFS=. read -r uptime _ </proc/uptime
      clocks="--time --monotonic -$uptime --boottime -$uptime"
    fi
    # shellcheck disable=SC2086 # several words, or none
    setpriv --pdeathsig KILL unshare --pid --fork --kill-child --mount --uts --ipc $clocks \
      sh "$0" start "$folder" "$boot" </dev/null >>"$folder/console" 2>&1 || code=$?
    echo "ended $code"
  done
}

start() {
  # /proc is still the outer one here: the pid by which the outside knows us.
  read -r pid _ </proc/self/stat
  hostname "$(cat "$root/etc/hostname")"
  join_cgroups
  echo "$pid" >"$folder/pid.new"
  mv "$folder/pid.new" "$folder/pid"
  exec unshare --cgroup sh "$0" enter "$folder" "$1"
}

join_cgroups() {
  while IFS=: read -r _ controllers _; do
    group=$(hierarchy /sys/fs/cgroup "$controllers")
    [ -w "$group/cgroup.procs" ] || continue
    mkdir -p "$group/$name"
    for given in cpuset.cpus cpuset.mems; do
      # Version 1 admits nobody before these are set.
      if [ "$controllers" = cpuset ]; then cat "$group/$given" >"$group/$name/$given"; fi
    done
    echo 0 >"$group/$name/cgroup.procs"
  done </proc/self/cgroup
}

enter() {
  mount -t proc -o nosuid,nodev,noexec proc "$root/proc"
  mount -t sysfs -o ro,nosuid,nodev,noexec sysfs "$root/sys"
  mount -t tmpfs -o mode=0755,nosuid,nodev tmpfs "$root/run"
  mount -t tmpfs -o mode=1777,nosuid,nodev tmpfs "$root/tmp"
  mount_devices
  mount_cgroups
  # What belongs to the kernel is everybody's: a test host only reads it.
  mount --bind "$root/proc/sys" "$root/proc/sys"
  mount -o remount,bind,ro "$root/proc/sys"
  echo "$1" >"$folder/disk/boot-id"
  mount --bind "$folder/disk/boot-id" "$root/proc/sys/kernel/random/boot_id"
  cd "$root"
  pivot_root . .
  umount -l .
  # Clock, modules and devices of this machine are not the guest's.
  exec setpriv --bounding-set=-sys_time,-sys_module,-sys_rawio,-mknod \
    env -i container=ns PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
    /lib/systemd/systemd --system --unit=multi-user.target
}

mount_devices() {
  mount -t tmpfs -o mode=0755,nosuid signalbox-dev "$root/dev"
  for device in null zero full random urandom tty; do
    : >"$root/dev/$device"
    mount --bind "/dev/$device" "$root/dev/$device"
  done
  mkdir "$root/dev/pts" "$root/dev/shm"
  mount -t devpts -o newinstance,mode=0620,ptmxmode=0666 devpts "$root/dev/pts"
  mount -t tmpfs -o mode=1777,nosuid,nodev tmpfs "$root/dev/shm"
  ln -s pts/ptmx "$root/dev/ptmx"
  ln -s /proc/self/fd "$root/dev/fd"
  ln -s /proc/self/fd/0 "$root/dev/stdin"
  ln -s /proc/self/fd/1 "$root/dev/stdout"
  ln -s /proc/self/fd/2 "$root/dev/stderr"
}

mount_cgroups() {
  groups=$root/sys/fs/cgroup
  if [ -e /sys/fs/cgroup/cgroup.procs ]; then
    mount -t cgroup2 cgroup2 "$groups"
    return
  fi
  mount -t tmpfs -o mode=0755 tmpfs "$groups"
  while IFS=: read -r _ controllers _; do
    [ -w "$(hierarchy /sys/fs/cgroup "$controllers")/cgroup.procs" ] || continue
    group=$(hierarchy "$groups" "$controllers")
    mkdir "$group"
    case $controllers in
    '') mount -t cgroup2 cgroup2 "$group" ;;
    name=*) mount -t cgroup -o "none,$controllers" cgroup "$group" ;;
    *) mount -t cgroup -o "$controllers" cgroup "$group" ;;
    esac
  done </proc/self/cgroup
}

shift 2
"$stage" "$@"
