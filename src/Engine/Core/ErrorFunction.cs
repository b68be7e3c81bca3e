namespace Microsoft.ML;

/// <summary>The error function, to double precision.</summary>
internal static class ErrorFunction
{
    /// <summary>2/sqrt(pi) times the integral of exp(-t^2) from 0 to <paramref name="x"/>.</summary>
    public static double Erf(double x)
    {
        double a = Math.Abs(x);
        if (a < 2.5)
            return Series(x);
        return a > 6 ? Math.Sign(x) : Math.Sign(x) * (1 - ContinuedFraction(a));
    }

    // erf(x) = 2x/sqrt(pi) exp(-x^2) sum of (2x^2)^n / (1*3*...*(2n+1)): all terms positive, so nothing cancels.
    private static double Series(double x)
    {
        double term = 1;
        double sum = 1;
        for (int n = 1; term > sum * 1e-17; n++)
        {
            term *= 2 * x * x / ((2 * n) + 1);
            sum += term;
        }
        return 2 * x / Math.Sqrt(Math.PI) * Math.Exp(-x * x) * sum;
    }

    // erfc(x) = exp(-x^2)/sqrt(pi) / (x + (1/2)/(x + 1/(x + (3/2)/(x + ...)))), from the inside out.
    private static double ContinuedFraction(double x)
    {
        double f = x;
        for (int n = 60; n >= 1; n--)
            f = x + (n * 0.5 / f);
        return Math.Exp(-x * x) / Math.Sqrt(Math.PI) / f;
    }
}
