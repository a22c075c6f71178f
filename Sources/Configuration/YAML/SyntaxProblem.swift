/// Why reading the file as YAML ended before its end.
struct SyntaxProblem: Error {
    let mark: Mark
    let message: String
}
