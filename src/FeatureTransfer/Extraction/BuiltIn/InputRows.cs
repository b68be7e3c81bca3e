using FeatureTransfer.Models;
using Microsoft.ML.Data;

namespace FeatureTransfer.Extraction.BuiltIn;

/// <summary>A file, or a text, and what becomes of it.</summary>
internal sealed class PathRow
{
    [ColumnName(HelperColumns.Input)]
    public string Path { get; set; } = "";

    [ColumnName(HelperColumns.Preparation)]
    public string Preparation { get; set; } = "";
}

/// <summary>An encoded input and what becomes of it.</summary>
internal sealed class BytesRow
{
    [ColumnName(HelperColumns.Input)]
    public byte[] Bytes { get; set; } = [];

    [ColumnName(HelperColumns.Preparation)]
    public string Preparation { get; set; } = "";
}

/// <summary>A pair of texts and what becomes of it.</summary>
internal sealed class PairRow
{
    [ColumnName(HelperColumns.Input)]
    public string First { get; set; } = "";

    [ColumnName(HelperColumns.Pair)]
    public string Second { get; set; } = "";

    [ColumnName(HelperColumns.Preparation)]
    public string Preparation { get; set; } = "";
}
