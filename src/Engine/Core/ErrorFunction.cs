namespace Microsoft.ML;

/// <summary>The error function, approximated in closed form.</summary>
internal static class ErrorFunction
{
    /// <summary>The constant of the approximation.</summary>
    public const double A = 0.147;

    /// <summary>
    /// 2/sqrt(pi) times the integral of exp(-t^2) from 0 to <paramref name="x"/>, within 2e-4: S. Winitzki, "A handy
    /// approximation for the error function and its inverse" (2008). ML.NET's normalizers use it, so that an exact
    /// function would give other values.
    /// </summary>
    public static double Erf(double x)
    {
        double square = x * x;
        return Math.Sign(x) * Math.Sqrt(1 - Math.Exp(-square * ((4 / Math.PI) + (A * square)) / (1 + (A * square))));
    }
}
