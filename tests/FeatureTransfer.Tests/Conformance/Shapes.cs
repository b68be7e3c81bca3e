using System.Reflection;
using Microsoft.ML;

namespace FeatureTransfer.Tests.Conformance;

/// <summary>What a chain of ML.NET's makes of a schema before it fits; ML.NET keeps that to itself.</summary>
internal static class Shapes
{
    private static readonly MethodInfo _create = typeof(SchemaShape).GetMethod("Create", BindingFlags.Static | BindingFlags.NonPublic, [typeof(DataViewSchema)])
        ?? throw new InvalidOperationException("ML.NET's SchemaShape has no method Create any more.");

    public static SchemaShape Of(DataViewSchema schema) => (SchemaShape)_create.Invoke(null, [schema])!;
}
