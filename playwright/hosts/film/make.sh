#!/bin/sh
# How the film of the example pages was made, by ffmpeg, of the sample clip Depth: its picture once more in 240p without
# sound, and another sound. The 360p picture and the first sound are the clip's own. Synthetic, like the clip.
set -e
cd "$(dirname "$0")"
clip=../../../www/media/split
hls="-f hls -hls_time 4 -hls_playlist_type vod -hls_segment_type fmp4 -hls_flags single_file"
flags="-hls_segment_options movflags=+negative_cts_offsets:use_editlist=0"
ffmpeg -v error -y -i $clip/360-fragmented.mp4 -an -vf scale=426:240 -c:v libx264 -preset veryslow -profile:v high -level 2.1 -bf 2 \
  -b:v 70k -maxrate 70k -bufsize 140k -g 100 -keyint_min 100 -sc_threshold 0 -x264-params open-gop=0 $hls $flags \
  -hls_segment_filename 240-fragmented.mp4 240.m3u8
ffmpeg -v error -y -f lavfi -i "aevalsrc='0.2*sin(2*PI*t*110*pow(2,mod(floor(t/2),5)/12))':s=48000:d=24" -c:a aac -b:a 16k -ac 1 -ar 48000 \
  $hls $flags -hls_segment_filename bass-fragmented.mp4 bass.m3u8
