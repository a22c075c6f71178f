internal import Engine
internal import Ground
internal import Identity

/// Certificates for people: a table, or, where a terminal is too narrow for it, two lines each, so
/// that a serial can always be read whole.
struct CertificateList {
    private var table: Table
    private var lines: [(head: [Span], rest: String)] = []

    /// `columns` stand before those of the certificate.
    init(columns: [Table.Column]) {
        table = Table(
            columns + [
                .init("serial"), .init("credential", flexible: true), .init("state"),
                .init("reason", flexible: true), .init("not after"),
                .init("subject", flexible: true),
            ])
    }

    var isEmpty: Bool { table.isEmpty }

    /// `cells` are those of the columns before.
    mutating func append(
        _ shown: CertificateFacts, at now: Timestamp, before cells: [String]
    ) {
        let (certificate, credential) = (shown.certificate, shown.credential)
        let content = certificate.content
        let reason = certificate.revocation?.reason.rawValue
        let end = LocalTime.date(content.notAfter)
        let state = certificate.stateSpan(at: now, isDisputed: shown.isDisputed)
        let before = cells.map { Span(Sanitized($0)) }
        table.append(
            before + [
                Span(Sanitized(content.serial)), Span(Sanitized(credential ?? "")), state,
                Span(Sanitized(reason ?? "")), Span(Sanitized(end)),
                Span(Sanitized(content.subject)),
            ])
        let facts = [reason, credential.map { "on \($0)" }, "not after \(end)", content.subject]
        let names = cells.filter { !$0.isEmpty }.map { $0 + "  " }.joined()
        lines.append(
            (
                [Span("  \(names)\(content.serial)  "), state],
                facts.compactMap(\.self).joined(separator: ", ")
            ))
    }

    func write(to output: Output) {
        guard !table.fits(output) else { return table.write(to: output) }
        for (head, rest) in lines {
            output.line(head[0], head[1])
            output.fact("", Sanitized(rest), nameWidth: 1)
        }
    }
}

extension Certificate {
    fileprivate func stateSpan(at now: Timestamp, isDisputed: Bool) -> Span {
        let mark = (isDisputed ? ", disputed" : "") + binding.mark
        return switch state(at: now) {
        case .valid: Span("valid\(mark)", .green)
        case .onHold: Span("on hold\(Self.since(held?.at))\(mark)", .yellow)
        case .expired: Span("expired\(mark)", .dim)
        case .revoked: Span("revoked\(Self.since(revocation?.at))\(mark)", .red)
        }
    }

    private static func since(_ time: Timestamp?) -> String {
        time.map { " " + LocalTime.date($0) } ?? ""
    }
}

extension CertificateBinding {
    /// What stands behind the state.
    fileprivate var mark: String {
        if verified == false { return ", unverified" }
        if seen != nil { return ", seen" }
        return told == nil ? "" : ", told"
    }
}
