using System.Reflection;
using System.Text.Json;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Engine.Tests.Golden;

/// <summary>Views as the golden files describe them.</summary>
internal static class DataSpec
{
    public static IDataView Load(JsonElement spec, MLContext ml)
    {
        var view = spec.TryGetProperty("file", out var file)
            ? ml.Data.LoadFromTextFile(
                Path.Combine(GoldenFiles.Folder, file.GetString()!),
                (TextLoader.Options)Values.Convert(spec.GetProperty("options"), typeof(TextLoader.Options), ml)!)
            : LoadRows(spec, ml);
        if (spec.TryGetProperty("then", out var then))
            foreach (var call in then.EnumerateArray())
                view = (IDataView)Calls.Invoke(call, "call", ml, view)!;
        return view;
    }

    public static Type RowType(string name) => Type.GetType($"Engine.Tests.Golden.Rows.{name}", throwOnError: true)!;

    private static IDataView LoadRows(JsonElement spec, MLContext ml)
    {
        var type = RowType(spec.GetProperty("rowType").GetString()!);
        var rows = Values.Convert(spec.GetProperty("rows"), type.MakeArrayType(), ml);
        var load = typeof(DataOperationsCatalog).GetMethods().Single(m => m.Name == nameof(DataOperationsCatalog.LoadFromEnumerable)
            && m.GetParameters()[1].ParameterType == typeof(SchemaDefinition));
        return (IDataView)load.MakeGenericMethod(type).Invoke(ml.Data, BindingFlags.DoNotWrapExceptions, null, [rows, null], null)!;
    }
}
