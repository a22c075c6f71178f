/// One walk over a template's text.
struct TemplateParser {
    private let text: [Unicode.Scalar]
    private var position = 0

    init(_ source: String) {
        text = Array(source.unicodeScalars)
    }

    mutating func parts() throws(TemplateError) -> [Template.Part] {
        var parts: [Template.Part] = []
        var literal = String.UnicodeScalarView()
        while position < text.count {
            let scalar = text[position]
            if scalar == "{" || scalar == "}" {
                if position + 1 < text.count, text[position + 1] == scalar {
                    literal.append(scalar)
                    position += 2
                    continue
                }
                guard scalar == "{" else { throw TemplateError(.stray, at: position) }
                if !literal.isEmpty { parts.append(.literal(String(literal))) }
                literal = String.UnicodeScalarView()
                parts.append(try value())
            } else {
                literal.append(scalar)
                position += 1
            }
        }
        if !literal.isEmpty { parts.append(.literal(String(literal))) }
        return parts
    }

    /// `{name|filter|filter}`, from its brace to behind the closing one.
    private mutating func value() throws(TemplateError) -> Template.Part {
        let start = position
        guard let end = text[start...].firstIndex(of: "}") else {
            throw TemplateError(.unclosed, at: start)
        }
        if text[(start + 1)..<end].contains("{") { throw TemplateError(.unclosed, at: start) }
        position = end + 1
        let words = text[(start + 1)..<end].split(
            separator: "|", omittingEmptySubsequences: false)
        guard let first = words.first, case let name = Self.trimmed(first), !name.isEmpty else {
            throw TemplateError(.noName, at: start)
        }
        var filters: [TemplateFilter] = []
        for word in words.dropFirst() {
            let spelling = Self.trimmed(word)
            guard let filter = TemplateFilter(rawValue: spelling) else {
                throw TemplateError(.unknownFilter(spelling), at: word.startIndex)
            }
            filters.append(filter)
        }
        return .value(name: name, filters: filters)
    }

    private static func trimmed(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
        var scalars = scalars
        while scalars.first == " " { scalars.removeFirst() }
        while scalars.last == " " { scalars.removeLast() }
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars)
        return String(view)
    }
}

/// Why text is not a template.
package struct TemplateError: Error, Hashable, Sendable {
    package enum Problem: Hashable, Sendable {
        /// `{` without its `}`.
        case unclosed
        /// `}` that closes nothing.
        case stray
        /// `{}` or `{|date}`.
        case noName
        case unknownFilter(String)
    }

    package let problem: Problem
    /// Where, in characters (Unicode scalars) from the start of the text.
    package let offset: Int

    package init(_ problem: Problem, at offset: Int) {
        self.problem = problem
        self.offset = offset
    }
}
