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
