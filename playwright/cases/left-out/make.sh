#!/bin/sh
# How the streams of this case were made: six seconds each, by ffmpeg.
set -e
cd "$(dirname "$0")"
from() {
  ffmpeg -v error -y -f lavfi -i testsrc2=s=160x90:r=12 -f lavfi -i sine=440:r=44100 -t 6 -pix_fmt yuv420p -g 24 -b:v 25k -ac 1 "$@"
}
avc='-c:v libx264 -preset veryslow -bf 2'
fmp4='-f hls -hls_playlist_type vod -hls_segment_type fmp4'
from $avc -c:a libmp3lame -b:a 32k -f hls -hls_time 2 -hls_playlist_type vod -hls_segment_filename mp3-%d.ts mp3-ts.m3u8
from $avc -c:a libmp3lame -b:a 32k $fmp4 -hls_time 2 -hls_fmp4_init_filename mp3-init.mp4 -hls_segment_filename mp3-%d.m4s mp3-fmp4.m3u8
from -c:v libx265 -preset fast -x265-params log-level=none -tag:v hvc1 -c:a aac -b:a 16k $fmp4 -hls_time 4 \
  -hls_fmp4_init_filename hevc-init.mp4 -hls_segment_filename hevc-%d.m4s hevc-fmp4.m3u8
from -vn -c:a libmp3lame -b:a 32k -f segment -segment_format mp3 -segment_time 2 -write_xing 0 -id3v2_version 0 \
  -segment_list_type m3u8 -segment_list mp3-packed.m3u8 mp3-%d.mp3
# The last one is a single frame.
rm mp3-3.mp3
sed -i '/^#EXTINF:0/d; /^mp3-3/d' mp3-packed.m3u8
