/// Text laid out in lines of a width.
enum Wrapping {
    /// The words of `text` in lines of at most `width` columns; a longer word has a line of its own.
    ///
    /// A line feed in `text` ends a paragraph's line. Never empty.
    static func lines(of text: String, width: Int) -> [String] {
        text.split(separator: "\n", omittingEmptySubsequences: false)
            .flatMap { filled($0, width: width) }
    }

    private static func filled(_ paragraph: Substring, width: Int) -> [String] {
        var lines: [String] = []
        var line = ""
        var used = 0
        for word in paragraph.split(separator: " ") {
            let length = DisplayWidth.of(String(word))
            if !line.isEmpty, used + 1 + length > width {
                lines.append(line)
                line = ""
                used = 0
            }
            if !line.isEmpty {
                line += " "
                used += 1
            }
            line += word
            used += length
        }
        return lines + [line]
    }
}
