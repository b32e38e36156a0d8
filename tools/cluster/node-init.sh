#!/bin/sh
# The first process of a node: root of all its pods, alone in its namespaces. It makes the node's file system out of a Debian root that
# it cannot write, lets containerd begin, and kubelet and kube-proxy once somebody has said how to join (`join`, a FIFO). It ends when
# one of the three does, since a node without one is none; everything in its namespaces then ends with it.
#
# usage: node-init.sh ROOT FOLDER PROGRAMS NAME ADDRESS
set -eu
root=$1 folder=$2 programs=$3 name=$4 address=$5

# The pid outside: /proc is still the machine's.
read -r pid rest </proc/self/stat
hostname "$name"

here=$folder/root
mount --bind "$root" "$here"
mount -o remount,bind,ro "$here"
mount -t proc proc "$here/proc"
mount -t sysfs sysfs "$here/sys"
mount --rbind /dev "$here/dev"
for each in run tmp sys/fs/cgroup; do mount -t tmpfs tmpfs "$here/$each"; done
while read -r controllers; do
  mkdir "$here/sys/fs/cgroup/${controllers#name=}"
  case $controllers in
    name=*) options=none,$controllers ;;
    *) options=$controllers ;;
  esac
  mount -t cgroup -o "$options" cgroup "$here/sys/fs/cgroup/${controllers#name=}"
done <"$folder/hierarchies"
mount --bind "$folder" "$here/mnt"
mount --bind "$programs" "$here/opt"
mount --bind "$folder/log" "$here/var/log"
mount --bind "$folder/lib" "$here/var/lib"
# kubelet sets these three for the whole machine unless they are so already: it is shown values instead.
for setting in vm/overcommit_memory=1 kernel/panic=10 kernel/panic_on_oops=1; do
  shown=$folder/$(basename "${setting%=*}")
  echo "${setting#*=}" >"$shown"
  mount --bind "$shown" "$here/proc/sys/${setting%=*}"
done
mkdir "$here/run/outside"
cd "$here"
pivot_root . run/outside
cd /
umount -l /run/outside

export PATH=/opt:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
ip link set lo up
echo 1 >/proc/sys/net/ipv4/ip_forward
echo "NODE $pid"
exec 2>&1

containerd --config /mnt/containerd.toml >/var/log/containerd.log 2>&1 &
containerd=$!
read -r _ </mnt/join
kubelet --config=/mnt/kubelet.yaml --kubeconfig=/mnt/kubelet.kubeconfig --hostname-override="$name" \
  --node-ip="$address" >/var/log/kubelet.log 2>&1 &
kubelet=$!
kube-proxy --config=/mnt/kube-proxy.yaml --hostname-override="$name" >/var/log/kube-proxy.log 2>&1 &
proxy=$!

while sleep 1; do
  for each in "containerd $containerd" "kubelet $kubelet" "kube-proxy $proxy"; do
    kill -0 "${each#* }" 2>/dev/null && continue
    echo "${each% *} ended. Its last lines:"
    tail -n 20 "/var/log/${each% *}.log"
    exit 1
  done
done
