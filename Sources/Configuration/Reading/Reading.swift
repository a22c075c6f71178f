/// One reading of one file: where it lies, and what was found wrong so far.
final class Reading {
    /// Absolute.
    let file: String
    /// `LOCKSTEP_PASSWORD_FILE`, absolute.
    let passwordFile: String?
    private(set) var errors: [ConfigurationError] = []

    init(file: String, passwordFile: String?) {
        self.file = file
        self.passwordFile = passwordFile
    }

    func reject(at mark: Mark, path: String, _ message: String, suggestion: String? = nil) {
        errors.append(
            ConfigurationError(
                file: file, line: mark.line, column: mark.column, keyPath: path,
                message: message, suggestion: suggestion))
    }

    /// A path of the file, made absolute by the file's own folder.
    func absolute(_ path: String) -> String {
        AbsolutePath.of(path, in: AbsolutePath.folder(of: file))
    }
}
