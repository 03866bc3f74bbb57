/// Tests of the project itself: its structure, its habits, and the launcher.
///
/// In: the files of the checkout (system property `weir.root`, or the folder above). Out: failures that say the reason
/// of the rule. A rule that does not serve its reason at some place is dropped there, in a comment that says why.
@NullMarked
package weir.project;

import org.jspecify.annotations.NullMarked;
