internal import Glibc

/// Asks for a password at the terminal, without showing it.
struct SecretPrompt {
    /// The descriptor of the terminal.
    let input: Int32
    let output: Output

    /// Every octet of the line, blanks too; nil for an empty one, at the end of the input, or after
    /// Ctrl-C, which acts only once the terminal shows again what is typed.
    func ask(_ question: Sanitized) -> [UInt8]? {
        let watch = SignalWatch()
        var shown = termios()
        let isTerminal = unsafe tcgetattr(input, &shown) == 0
        if isTerminal {
            var hidden = shown
            hidden.c_lflag &= ~tcflag_t(ECHO)
            // Before the question: what is typed after it must not be flushed away, nor shown.
            unsafe tcsetattr(input, TCSAFLUSH, &hidden)
        }
        output.write(question.text)
        output.flush()
        let answer = LineInput(descriptor: input, interrupted: { watch.interrupted }).octets()
        if isTerminal { unsafe tcsetattr(input, TCSAFLUSH, &shown) }
        output.write("\n")
        output.flush()
        return answer.flatMap { $0.isEmpty ? nil : $0 }
    }
}
