internal import Glibc

/// Asks for a password at the terminal, without showing it.
struct SecretPrompt {
    let input: LineInput
    let output: Output

    /// Empty at the end of the input.
    func ask(_ question: Sanitized) -> [UInt8] {
        output.write(question.text)
        output.flush()
        var shown = termios()
        let isTerminal = unsafe tcgetattr(STDIN_FILENO, &shown) == 0
        if isTerminal {
            var hidden = shown
            hidden.c_lflag &= ~tcflag_t(ECHO)
            unsafe tcsetattr(STDIN_FILENO, TCSAFLUSH, &hidden)
        }
        let answer = input.line()
        if isTerminal { unsafe tcsetattr(STDIN_FILENO, TCSAFLUSH, &shown) }
        output.write("\n")
        output.flush()
        return Array((answer ?? "").utf8)
    }
}
