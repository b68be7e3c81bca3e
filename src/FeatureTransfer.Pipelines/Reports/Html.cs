using System.Net;

namespace FeatureTransfer.Pipelines.Reports;

/// <summary>Small pieces of HTML.</summary>
internal static class Html
{
    /// <summary>Text with nothing left of HTML in it.</summary>
    public static string Text(string? value) => WebUtility.HtmlEncode(value ?? "");

    /// <summary>A share as a percentage with one decimal.</summary>
    public static string Percent(double share) => $"{Rounded(100 * share, 1).ToString("0.0", CultureInfo.InvariantCulture)} %";

    /// <summary>A number of any size with about four digits.</summary>
    public static string Short(double value) => (value + 0.0).ToString(
        Math.Abs(value) switch
        {
            0 => "0",
            < 1e-4 or >= 1e7 => "0.###e+0",
            < 1 => "0.####",
            < 10 => "0.###",
            < 100 => "0.##",
            < 1000 => "0.#",
            _ => "#,0",
        },
        CultureInfo.InvariantCulture);

    /// <summary>A number with three decimals.</summary>
    public static string Number(double value) => Rounded(value, 3).ToString("0.000", CultureInfo.InvariantCulture);

    // Adding 0 takes the sign from a negative zero.
    private static double Rounded(double value, int decimals) => Math.Round(value, decimals, MidpointRounding.AwayFromZero) + 0.0;
}
