using System.Globalization;
using System.Net;

namespace FeatureTransfer.Pipelines.Reports;

/// <summary>Small pieces of HTML.</summary>
internal static class Html
{
    /// <summary>Text with nothing left of HTML in it.</summary>
    public static string Text(string? value) => WebUtility.HtmlEncode(value ?? "");

    /// <summary>A share as a percentage with one decimal.</summary>
    public static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{100 * share:0.0} %");

    /// <summary>A number with three decimals.</summary>
    public static string Number(double value) => value.ToString("0.000", CultureInfo.InvariantCulture);
}
