// Who means harm, one after another against a viewer of the same film: a neighbour that lies, sends nothing, next to nothing, too
// much or without end, one with many names, a stranger whose offers lead nowhere; and a list of digests that is not of this
// film. Whatever they do, the film plays on without a stall, what is appended is the publisher's, memory stays where it is
// beside an honest neighbour, what they are answered is bounded, and who did it is named once.
import { sufferAll } from '../../driver/suffering.mjs'

/** Answers that a flood gets: 1,024, and 74 more for each second that it takes to ask so often (`conduct.rs`). */
const ANSWERED = 1200

/** As `sufferAll` takes them. */
const ATTACKS = {
  'honest, in pieces': { manner: 'honest sprat', pieces: true, gives: true },
  'polluted segment': { manner: 'altered', again: 2000, named: 'peer-lied' },
  'polluted piece': { manner: 'polluting sprat', again: 2000, pieces: true, gave: 1, named: 'peer-lied' },
  'zero length': { manner: 'empty', again: 2000, named: 'peer-broke-protocol' },
  'id flood: segments': { manner: 'announcing', said: 20, named: 'peer-flooded-news' },
  'id flood: viewers': { manner: 'honest', posing: 6, gives: true, named: 'peer-many-names' },
  'slow drip': { manner: 'dripping', said: 2, named: 'peer-dripped' },
  'silent': { manner: 'silent', named: 'peer-silent' },
  'request flood': { manner: 'asking', said: 1000, answered: ANSWERED, named: 'peer-flooded-requests' },
  'request flood, in pieces': { manner: 'greedy sprat', pieces: true, some: true, said: 100, answered: ANSWERED, named: 'peer-flooded-requests' },
  'cancel storm': { manner: 'wavering', said: 500, answered: ANSWERED, named: 'peer-flooded-cancels' },
  'cancel storm, in pieces': { manner: 'wavering sprat', pieces: true, some: true, said: 500, answered: ANSWERED, named: 'peer-flooded-cancels' },
  'oversize message': { manner: 'shouting', again: 2000, said: 1, named: 'peer-broke-protocol' },
  'stale digests': { manner: 'honest', stale: true },
  'offer flood, one name': { manner: 'honest', flood: 50, names: 'one', apart: true, said: 200, named: 'tracker-flooded' },
  // The last: the tracker takes each name for a member, and hands what others offer to nobody.
  'offer flood': { manner: 'honest', flood: 50, apart: true, said: 200, named: 'peer-many-names' },
}

export default {
  alone: true,
  about: 'attacks: pollution, floods, storms, drips, silence, stale digests: 0 stalls, bounded memory, culprits named',
  seconds: 230,
  // What the engine makes of it is the same in every browser.
  browsers: ['chromium'],
  run: world => sufferAll(world, ATTACKS),
}
