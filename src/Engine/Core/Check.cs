using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Microsoft.ML.Data;

namespace Microsoft.ML;

/// <summary>Checks of arguments, with ML.NET's exception types.</summary>
internal static class Check
{
    public static void Name([NotNull] string? name, [CallerArgumentExpression(nameof(name))] string? parameter = null)
    {
        if (string.IsNullOrEmpty(name))
            throw new ArgumentOutOfRangeException(parameter, $"{parameter} cannot be null or empty");
    }

    public static void Param(bool ok, string parameter, string message)
    {
        if (!ok)
            throw new ArgumentOutOfRangeException(parameter, message);
    }

    public static DataViewSchema.Column Column(DataViewSchema schema, string name, string role = "input", string parameter = "inputSchema") =>
        schema.GetColumnOrNull(name) ?? throw new ArgumentOutOfRangeException(parameter, $"Could not find {role} column '{name}'");

    public static ArgumentOutOfRangeException Mismatch(string role, string column, string expected, string actual, string parameter = "inputSchema") =>
        new(parameter, $"Schema mismatch for {role} column '{column}': expected {expected}, got {actual}");

    public static DataViewType ItemType(this DataViewType type) => type is VectorDataViewType vector ? vector.ItemType : type;
}
