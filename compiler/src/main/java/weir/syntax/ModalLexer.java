package weir.syntax;

import weir.syntax.antlr.WeirLexer;

/// The lexer, which can be led to another place of the text.
final class ModalLexer extends WeirLexer {
    ModalLexer(TextStream text) {
        super(text);
        removeErrorListeners();
    }

    /// A closing brace without an opening one finds no mode to return to: it changes nothing.
    @Override
    public int popMode() {
        return _modeStack.isEmpty() ? _mode : super.popMode();
    }

    /// How many modes lie under the current one.
    int modes() {
        return _modeStack.size();
    }

    void leaveModes(int depth) {
        while (_modeStack.size() > depth) {
            popMode();
        }
    }

    /// Reads on from an offset.
    void goTo(int offset) {
        _hitEOF = false;
        _input.seek(offset);
    }
}
