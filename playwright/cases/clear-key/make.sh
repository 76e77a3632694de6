#!/bin/sh
# How the streams of this case were made: eight seconds each, by ffmpeg and shaka-packager. The playlists' keys were
# written by hand afterwards, so that each stream says in another way where its key is.
set -e
cd "$(dirname "$0")"
ffmpeg -v error -y -f lavfi -i testsrc2=s=160x90:r=12 -f lavfi -i sine=440:r=44100 -t 8 -c:v libx264 -preset veryslow \
  -profile:v main -pix_fmt yuv420p -g 24 -bf 2 -b:v 25k -c:a aac -b:a 16k -ac 1 clear.mp4
for scheme in cenc cbcs; do
  mkdir -p $scheme && cd $scheme
  packager \
    'in=../clear.mp4,stream=video,init_segment=v-init.mp4,segment_template=v-$Number$.m4s,playlist_name=v.m3u8' \
    'in=../clear.mp4,stream=audio,init_segment=a-init.mp4,segment_template=a-$Number$.m4s,playlist_name=a.m3u8,hls_group_id=a,hls_name=en' \
    --segment_duration 4 --enable_raw_key_encryption --protection_scheme $scheme --clear_lead 0 --hls_key_uri key.bin \
    --keys label=:key_id=9eb4050de44b4802932e27d75083e266:key=166634c675823c235a4a9446fad52e4d \
    --hls_master_playlist_output master.m3u8
  cd ..
done
printf '\026\146\064\306\165\202\074\043\132\112\224\106\372\325\056\115' > cbcs/key.bin
rm clear.mp4
