/** The app's own sync worker, watched. */
import './witness.ts';
import '../../../workers/sync.ts';
