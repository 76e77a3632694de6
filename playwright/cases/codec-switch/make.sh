#!/usr/bin/env bash
# Makes the clip beside this file: 4 s of H.264, 4 s of VP9, 4 s of H.264 with sound, one playlist.
# It is in git; made with ffmpeg 5.1.9 (libx264 164, libvpx 1.12).
set -euo pipefail
cd "$(dirname "$0")"
picture() { echo "testsrc2=s=320x180:r=25:d=4,hue=h=$1"; }
part() {
  local name=$1 hue=$2
  shift 2
  ffmpeg -nostdin -v error -y -f lavfi -i "$(picture "$hue")" "$@" -g 50 -f hls -hls_time 2 -hls_playlist_type vod \
    -hls_segment_type fmp4 -hls_segment_options movflags=+negative_cts_offsets:use_editlist=0 \
    -hls_fmp4_init_filename "$name-init.mp4" -hls_segment_filename "$name-%d.m4s" "$name.part"
}
h264=(-c:v libx264 -preset slow -profile:v main -b:v 60k -maxrate 80k -bufsize 80k -bf 2 -keyint_min 50 -sc_threshold 0 -pix_fmt yuv420p)
part h264 0 "${h264[@]}"
part vp9 120 -c:v libvpx-vp9 -b:v 60k -pix_fmt yuv420p
part sound 240 -f lavfi -i sine=330:d=4:r=48000 "${h264[@]}" -c:a aac -b:a 24k -ac 1
{
  printf '#EXTM3U\n#EXT-X-VERSION:7\n#EXT-X-TARGETDURATION:2\n#EXT-X-PLAYLIST-TYPE:VOD\n'
  for name in h264 vp9 sound; do
    [ $name = h264 ] || echo '#EXT-X-DISCONTINUITY'
    echo "#EXT-X-MAP:URI=\"$name-init.mp4\""
    printf '#EXTINF:2,\n%s-0.m4s\n#EXTINF:2,\n%s-1.m4s\n' $name $name
  done
  echo '#EXT-X-ENDLIST'
} > index.m3u8
rm ./*.part
