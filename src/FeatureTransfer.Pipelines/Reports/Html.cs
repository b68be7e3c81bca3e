using System.Net;

namespace FeatureTransfer.Pipelines.Reports;

/// <summary>Small pieces of HTML.</summary>
internal static class Html
{
    /// <summary>Text with nothing left of HTML in it.</summary>
    public static string Text(string? value) => WebUtility.HtmlEncode(value ?? "");

    /// <summary>A share as a percentage with one decimal.</summary>
    public static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{100 * share:0.0} %");

    /// <summary>A number of any size with about four digits.</summary>
    public static string Short(double value) => value.ToString(
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
    public static string Number(double value) => value.ToString("0.000", CultureInfo.InvariantCulture);
}
