/// RFC 3339, in UTC, with seconds.
func instant(_ seconds: Int64) -> String {
    func digits(_ number: Int64, _ count: Int) -> String {
        let text = String(number)
        return String(repeating: "0", count: max(0, count - text.count)) + text
    }
    let day = seconds >= 0 ? seconds / 86_400 : (seconds + 1) / 86_400 - 1
    let second = seconds - day * 86_400
    let date = civilDate(day)
    return "\(digits(date.year, 4))-\(digits(date.month, 2))-\(digits(date.day, 2))"
        + "T\(digits(second / 3600, 2)):\(digits(second / 60 % 60, 2)):\(digits(second % 60, 2))Z"
}

/// The Gregorian date of a day since 1970-01-01, counted in years that begin with March, so that the
/// leap day is the last one.
private func civilDate(_ day: Int64) -> (year: Int64, month: Int64, day: Int64) {
    let shifted = day + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let ofEra = shifted - era * 146_097
    let year = (ofEra - ofEra / 1460 + ofEra / 36_524 - ofEra / 146_096) / 365
    let ofYear = ofEra - (365 * year + year / 4 - year / 100)
    let month = (5 * ofYear + 2) / 153
    let civilMonth = month < 10 ? month + 3 : month - 9
    return (
        year + era * 400 + (civilMonth <= 2 ? 1 : 0), civilMonth,
        ofYear - (153 * month + 2) / 5 + 1
    )
}
