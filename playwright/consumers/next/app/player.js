'use client'

import { useEffect, useRef } from 'react'
// On the server this registers nothing, and is no mistake either.
import 'sprat-player/player'

export function Player() {
  const player = useRef(null)
  useEffect(() => {
    player.current.src = new URLSearchParams(location.search).get('src')
  }, [])
  return <sprat-player ref={player} autoplay="" muted="" playsinline="" p2p="off" />
}
