/// One thing that is wrong in `lockstep.yaml`, and what would be right.
///
/// Never holds the value of a key below `bind` or `canary`, nor a control character.
package struct ConfigurationError: Error, Hashable, Sendable, CustomStringConvertible {
    package let file: String
    /// 1-based; 0 where the file as a whole is meant.
    package let line: Int
    /// 1-based, in characters; 0 where the file as a whole is meant.
    package let column: Int
    /// `directories.hq.bind.dn`; empty where no key is meant.
    package let keyPath: String
    /// What is wrong; what would be right.
    package let message: String
    /// The word that was probably meant.
    package let suggestion: String?

    /// As `file:line:column: key.path: what is wrong; what would be right. Did you mean "word"?`.
    package var description: String {
        let place = line > 0 ? "\(file):\(line):\(column): " : "\(file): "
        let key = keyPath.isEmpty ? "" : "\(keyPath): "
        let hint = suggestion.map { ". Did you mean \"\($0)\"?" } ?? ""
        return place + key + message + hint
    }
}
