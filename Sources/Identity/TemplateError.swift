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
