/// The value below which Student's t with so many degrees of freedom lies with a probability above a half.
///
/// By bisection of its distribution, which is an incomplete beta function (DLMF 8.17); right to about ten digits. The
/// degrees of freedom need not be whole, and count as 1 where they are fewer.
func studentQuantile(_ probability: Double, freedom: Double) -> Double {
    guard probability > 0.5, probability < 1 else { return probability >= 1 ? .infinity : 0 }
    let freedom = min(max(freedom.isNaN ? 1 : freedom, 1), 1e6)
    func below(_ t: Double) -> Double {
        1 - regularizedIncompleteBeta(freedom / 2, 0.5, at: freedom / (freedom + t * t)) / 2
    }
    var low = 0.0
    var high = 1.0
    while below(high) < probability, high < 1e9 { high *= 2 }
    for _ in 0..<80 {
        let middle = (low + high) / 2
        if below(middle) < probability { low = middle } else { high = middle }
    }
    return (low + high) / 2
}
