namespace FeatureTransfer.Server.Requests;

/// <summary>A request that is answered with a problem (RFC 9457) and not with a prediction.</summary>
/// <param name="status">The status.</param>
/// <param name="detail">What is wrong, and what to do.</param>
/// <param name="reason">What metrics count it under.</param>
internal sealed class RefusedException(int status, string detail, string reason) : Exception(detail)
{
    public int Status => status;

    public string Reason => reason;

    /// <summary>In how many seconds to try again; null where that would not help.</summary>
    public int? RetryAfter { get; init; }

    public static RefusedException Malformed(string detail) => new(400, detail, "malformed");

    public static RefusedException TooLarge(string detail) => new(413, detail, "too large");

    public static RefusedException Busy(string detail, int seconds) => new(429, detail, "busy") { RetryAfter = seconds };
}
