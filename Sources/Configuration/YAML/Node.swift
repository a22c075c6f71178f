/// A value of the file, before a key has decided what it means.
package struct Node: Hashable, Sendable {
    package enum Content: Hashable, Sendable {
        case scalar(Scalar)
        case sequence([Node])
        case mapping([Pair])
        /// What stands here was already reported: an alias, or a key that is no text.
        case unusable
    }

    package struct Scalar: Hashable, Sendable {
        package let text: String
        /// Neither quoted nor a block: only then may it be null, true or false.
        package let isPlain: Bool
        /// How many columns behind the node's mark the text begins; nil where text and source
        /// differ, by an escape or a line break.
        package let inset: Int?
    }

    package struct Pair: Hashable, Sendable {
        package let name: String
        package let mark: Mark
        package let value: Node
    }

    package let mark: Mark
    package let content: Content

    /// Plain `null`, `~` or nothing.
    package var isNull: Bool {
        guard case .scalar(let scalar) = content, scalar.isPlain else { return false }
        return scalar.text.isEmpty || scalar.text == "~" || scalar.text == "null"
    }

    /// What stands here, for a sentence: `a list`.
    var kind: String {
        switch content {
        case .scalar: isNull ? "nothing" : "a single value"
        case .sequence: "a list"
        case .mapping: "a section with keys"
        case .unusable: "something else"
        }
    }
}

extension Node.Content {
    /// A default of the key table, which has no place in any file.
    static func text(_ text: String) -> Node.Content {
        .scalar(Node.Scalar(text: text, isPlain: true, inset: nil))
    }

    static func texts(_ texts: [String]) -> Node.Content {
        .sequence(texts.map { Node(mark: .wholeFile, content: .text($0)) })
    }
}

/// A place in the file.
///
/// Lines and columns count from 1, columns in characters. 0 stands for the file as a whole.
package struct Mark: Hashable, Comparable, Sendable {
    package let line: Int
    package let column: Int

    package init(line: Int, column: Int) {
        self.line = line
        self.column = column
    }

    package static let wholeFile = Mark(line: 0, column: 0)

    package static func < (left: Mark, right: Mark) -> Bool {
        (left.line, left.column) < (right.line, right.column)
    }
}
