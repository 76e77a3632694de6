// The player's look, part by part; what adapts it to small frames and to the viewer's settings comes last.

import adapted from '../../styles/player/adapted.css' with { type: 'text' };
import bar from '../../styles/player/bar.css' with { type: 'text' };
import centre from '../../styles/player/centre.css' with { type: 'text' };
import frame from '../../styles/player/frame.css' with { type: 'text' };

export const css = [frame, bar, centre, adapted].join('');
