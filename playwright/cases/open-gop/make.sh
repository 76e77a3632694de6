#!/usr/bin/env bash
# Makes the clip beside this file: groups of pictures of 2 s, each open at its beginning, parameter sets in every one.
# Pictures at the beginning of a group order earlier ones out of memory, which Chromium does not forgive when those
# were not decoded. It is in git; made with ffmpeg 5.1.9 (libx264 164).
set -euo pipefail
cd "$(dirname "$0")"
ffmpeg -nostdin -v error -y -f lavfi -i testsrc2=s=320x180:r=30:d=16 -f lavfi -i sine=330:d=16:r=48000 \
  -c:v libx264 -preset veryfast -b:v 60k -maxrate 80k -bufsize 80k -bf 2 -b_strategy 0 -g 60 -keyint_min 60 \
  -sc_threshold 0 -x264-params open-gop=1:repeat-headers=1 -c:a aac -b:a 24k -ac 1 \
  -f hls -hls_time 4 -hls_playlist_type vod -hls_segment_filename '%d.ts' index.m3u8
