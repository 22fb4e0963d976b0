# What the setups of exercises are written with. Each brings about a state, whatever was there before.

without_container() { # NAME...
  docker rm --force --volumes "$@" >/dev/null 2>&1 || true
}

without_containers_of() { # IMAGE...: of the image, whatever their names
  local image
  for image; do
    docker ps --all --quiet --filter "ancestor=$image" | xargs --no-run-if-empty docker rm --force --volumes >/dev/null
  done
}

without_image() { # NAME...: the name goes, and the image with its last name
  local image
  for image; do
    without_containers_of "$image"
    docker rmi --force "$image" >/dev/null 2>&1 || true
  done
}

without_dangling_images() {
  docker image prune --force >/dev/null
}

without_build_cache() { # the engine's own; buildx, which has others, would take longer
  DOCKER_BUILDKIT=0 docker builder prune --all --force >/dev/null 2>&1 || true
}

without_volume() { # NAME...
  docker volume rm --force "$@" >/dev/null 2>&1 || true
}

without_network() { # NAME...
  local network
  for network; do
    docker network inspect --format '{{range $id, $_ := .Containers}}{{$id}} {{end}}' "$network" 2>/dev/null |
      xargs --no-run-if-empty --max-args=1 docker network disconnect --force "$network"
    docker network rm "$network" >/dev/null 2>&1 || true
  done
}

without_port() { # PORT...: no container publishes it
  local port
  for port; do
    docker ps --all --quiet --filter "publish=$port" | xargs --no-run-if-empty docker rm --force --volumes >/dev/null
  done
}

with_image() { # NAME...: pulled unless it is there
  local image
  for image; do
    docker image inspect "$image" >/dev/null 2>&1 || docker pull --quiet "$image" >/dev/null
  done
}

without_engine_options() { # the engine as it is in a new machine
  local written=0
  [ -e /etc/docker/daemon.json ] && { rm -f /etc/docker/daemon.json; written=1; }
  grep -q '^[^#]' /etc/default/docker 2>/dev/null && { sed -i '/^[^#]/d' /etc/default/docker; written=1; }
  if [ "$written" = 1 ] || ! docker version >/dev/null 2>&1; then service docker restart >/dev/null; fi
}
