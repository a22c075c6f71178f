/// A file that `authorities` names, read only where its mode fits what it decides.
package enum AuthorityFile {
    private static let mostBytes = 1_048_576

    /// Certificates: anybody may read them, and nobody but the owner may write them.
    package static func certificates(_ path: String) throws(AuthorityFileProblem) -> [UInt8] {
        try read(path) { status throws(FileProblem) in
            guard status.permissions & 0o022 == 0 else {
                throw FileProblem(
                    "may be written by others (mode \(status.mode)), who can decide what is "
                        + "trusted; take that away with chmod go-w \(Excerpt.of(path, longest: 200))"
                )
            }
        }
    }

    /// A private key: its group may read it at most.
    package static func key(_ path: String) throws(AuthorityFileProblem) -> [UInt8] {
        try read(path) { status throws(FileProblem) in
            guard status.permissions & 0o027 == 0 else {
                throw FileProblem(
                    "is open to others (mode \(status.mode)); take that away with "
                        + "chmod g-w,o= \(Excerpt.of(path, longest: 200))")
            }
        }
    }

    /// A shared secret, without one newline at its end.
    package static func secret(_ path: String) throws(AuthorityFileProblem) -> [UInt8] {
        do throws(PasswordFileError) {
            return try PasswordFile.read(path)
        } catch {
            throw AuthorityFileProblem(description: error.description)
        }
    }

    private static func read(
        _ path: String, _ judge: (FileStatus) throws(FileProblem) -> Void
    ) throws(AuthorityFileProblem) -> [UInt8] {
        do throws(FileProblem) {
            let file = try OpenFile(path)
            let status = try file.status()
            guard status.isRegular else {
                throw FileProblem("is not a regular file; name one that is")
            }
            try judge(status)
            let octets = try file.read(most: mostBytes)
            guard octets.count <= mostBytes else {
                throw FileProblem("holds more than \(mostBytes) bytes; no such file needs that")
            }
            return octets
        } catch {
            throw AuthorityFileProblem(
                description: "\(Excerpt.of(path, longest: 200)): \(error.message)")
        }
    }
}

/// Why such a file was not read, with its path; never anything of what it holds.
package struct AuthorityFileProblem: Error, Hashable, Sendable, CustomStringConvertible {
    package let description: String
}
