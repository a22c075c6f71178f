/// A text in the macros of man(7).
struct Roff {
    private(set) var text: String

    /// A page of a section, such as `LOCKSTEP` of section 1.
    init(_ page: String, section: Int) {
        text = ".TH \(page) \(section) \(Program.date) \"lockstep \(Program.version)\"\n"
        text += ".nh\n.ad l\n"  // what is typed is not to be broken at the line's end
    }

    mutating func macro(_ name: String, _ arguments: String...) {
        text += "." + name
        for argument in arguments { text += " \"" + Self.escaped(argument) + "\"" }
        text += "\n"
    }

    /// What the page is for, in the form that whatis(1) reads.
    mutating func name(_ name: String, _ purpose: String) {
        macro("SH", "NAME")
        text += "\(Self.escaped(name)) \\- \(Self.escaped(purpose))\n"
    }

    mutating func item(_ term: String, _ meaning: String) {
        macro("TP")
        macro("B", term)
        line(meaning)
    }

    mutating func paragraph(_ words: String) {
        macro("PP")
        line(words)
    }

    /// In short lines, as mandoc(1) asks; one that begins with a full stop would be a macro.
    mutating func line(_ words: String) {
        for part in Wrapping.lines(of: words, width: 72) {
            let escaped = Self.escaped(part)
            text += (escaped.hasPrefix(".") ? "\\&" : "") + escaped + "\n"
        }
    }

    /// An example as it is typed.
    mutating func verbatim(_ lines: String) {
        macro("PP")
        macro("nf")
        macro("RS", "4")
        for line in lines.split(separator: "\n", omittingEmptySubsequences: false) {
            text += Self.escaped(String(line)) + "\n"
        }
        macro("RE")
        macro("fi")
    }

    /// `-` is a hyphen in roff; what people copy must be a minus.
    private static func escaped(_ text: String) -> String {
        var result = ""
        for character in text {
            switch character {
            case "\\": result += "\\e"
            case "-": result += "\\-"
            case "'": result += "\\(aq"
            case "~": result += "\\(ti"
            case "^": result += "\\(ha"
            case "`": result += "\\(ga"
            case "\"": result += "\\(dq"
            default: result.append(character)
            }
        }
        return result
    }
}
