/// Text laid out in lines of a width.
enum Wrapping {
    /// The words of `text` in lines of at most `width` columns; a longer word has a line of its own.
    ///
    /// One that is longer than that is broken where it has parts: behind the commas of a DN, the slashes of a
    /// path, the brackets of a filter. A line feed in `text` ends a paragraph's line. Never empty.
    static func lines(of text: String, width: Int) -> [String] {
        text.split(separator: "\n", omittingEmptySubsequences: false)
            .flatMap { filled($0, width: width) }
    }

    /// The columns that the widest of those lines takes: more than `width` where a part is longer.
    static func widest(of text: String, width: Int) -> Int {
        lines(of: text, width: width).reduce(0) { max($0, DisplayWidth.of($1)) }
    }

    private static func filled(_ paragraph: Substring, width: Int) -> [String] {
        var lines: [String] = []
        var line = ""
        var used = 0
        for (word, isAfterBlank) in pieces(paragraph, width: width) {
            let gap = isAfterBlank ? 1 : 0
            let length = DisplayWidth.of(String(word))
            if !line.isEmpty, used + gap + length > width {
                lines.append(line)
                line = ""
                used = 0
            }
            if !line.isEmpty, isAfterBlank {
                line += " "
                used += 1
            }
            line += word
            used += length
        }
        return lines + [line]
    }

    /// The words, the too long ones in pieces that belong together.
    private static func pieces(
        _ paragraph: Substring, width: Int
    ) -> [(text: Substring, isAfterBlank: Bool)] {
        paragraph.split(separator: " ").flatMap { word in
            guard DisplayWidth.of(String(word)) > width else { return [(word, true)] }
            var pieces: [(text: Substring, isAfterBlank: Bool)] = []
            var rest = word
            while let place = rest.firstIndex(where: { ",/)".contains($0) }) {
                let end = rest.index(after: place)
                pieces.append((rest[..<end], pieces.isEmpty))
                rest = rest[end...]
            }
            return rest.isEmpty ? pieces : pieces + [(rest, pieces.isEmpty)]
        }
    }
}
