using Microsoft.ML.Calibrators;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;

namespace Microsoft.ML.Transforms.Onnx;

/// <summary>Which transformers can be converted, and how each is.</summary>
internal static class TransformerExport
{
    /// <summary>Adds what the transformer does to columns of this schema.</summary>
    public static void Export(OnnxExport export, ITransformer transformer, DataViewSchema input)
    {
        switch (transformer)
        {
            case IEnumerable<ITransformer> chain:
                ExportChain(export, chain, input);
                break;
            case OneHotEncodingTransformer oneHot:
                ExportChain(export, oneHot.Parts, input);
                break;
            case ColumnCopyingTransformer copy:
                Columns(copy, input, (_, source, target) => export.Set(target, export.Value(source)));
                break;
            case ColumnSelectingTransformer:
                break;
            case ColumnConcatenatingTransformer concatenate:
                Concatenate(export, concatenate, input);
                break;
            case NormalizingTransformer normalize:
                Columns(normalize, input, (i, source, target) => NormalizerExport.Export(export, normalize.GetNormalizerModelParameters(i), source, target));
                break;
            case LpNormNormalizingTransformer norm:
                Columns(norm, input, (_, source, target) => export.Set(
                    target, VectorExport.Normalize(export.Graph, norm, export.Value(source), ((VectorDataViewType)source.Type).Size)));
                break;
            case PrincipalComponentAnalysisTransformer components:
                Columns(components, input, (_, source, target) => export.Set(
                    target, VectorExport.Project(export.Graph, components.Projection, export.Value(source))));
                break;
            case MissingValueReplacingTransformer replace:
                Columns(replace, input, (i, source, target) => export.Set(
                    target, VectorExport.Replace(export.Graph, replace.Replacements[i], source.Type.ItemType(), export.Value(source))));
                break;
            case SlotSelectingTransformer select:
                Columns(select, input, (i, source, target) => export.Set(
                    target, VectorExport.Select(export.Graph, select.Slots[i], source.Type.ItemType(), export.Value(source))));
                break;
            case ValueToKeyMappingTransformer keys:
                Columns(keys, input, (i, source, target) => KeyExport.ToKey(export, keys.Keys[i], source, target));
                break;
            case KeyToValueMappingTransformer values:
                Columns(values, input, (_, source, target) => KeyExport.ToValue(export, source, target));
                break;
            case KeyToVectorMappingTransformer vectors:
                Columns(vectors, input, (_, source, target) => KeyExport.ToVector(export, source, target, vectors.OutputCountVector));
                break;
            case TypeConvertingTransformer convert:
                Columns(convert, input, (_, source, target) => Convert(export, source, target, convert));
                break;
            case ISingleFeaturePredictionTransformer<PlattCalibrator> platt:
                export.Set(DefaultColumns.Probability, PredictionExport.Probability(
                    export.Graph, platt.Model, export.Value(Check.Column(input, platt.FeatureColumnName))));
                break;
            case ISingleFeaturePredictionTransformer<object> predictor:
                PredictionExport.Export(export, predictor, input);
                break;
            default:
                throw NotConvertible(transformer.GetType().Name);
        }
    }

    public static InvalidOperationException NotConvertible(string what) => new(
        $"{what} cannot be converted to ONNX. Convert the parts of the chain before or after it, and make it anew where the ONNX model is used.");

    private static void ExportChain(OnnxExport export, IEnumerable<ITransformer> chain, DataViewSchema schema)
    {
        foreach (var transformer in chain)
        {
            Export(export, transformer, schema);
            schema = transformer.GetOutputSchema(schema);
        }
    }

    private static void Columns(OneToOneTransformerBase transformer, DataViewSchema input, Action<int, DataViewSchema.Column, string> export)
    {
        for (int i = 0; i < transformer.ColumnPairs.Length; i++)
            export(i, Check.Column(input, transformer.ColumnPairs[i].Input), transformer.ColumnPairs[i].Output);
    }

    private static void Concatenate(OnnxExport export, ColumnConcatenatingTransformer transformer, DataViewSchema input)
    {
        string[] values = [.. transformer.Inputs.Select(name => export.Value(Check.Column(input, name)))];
        export.Set(transformer.Output, values is [var only] ? only : export.Graph.Add("Concat", values, OnnxGraph.Attribute("axis", 1)));
    }

    private static void Convert(OnnxExport export, DataViewSchema.Column source, string target, TypeConvertingTransformer transformer)
    {
        var from = source.Type.ItemType();
        var to = transformer.OutputKind.ToType();
        if (from is not (NumberDataViewType or BooleanDataViewType) || to is not (NumberDataViewType or BooleanDataViewType))
            throw NotConvertible($"The conversion of column '{source.Name}' from {from} to {to}");
        export.Set(target, export.Graph.Cast(export.Value(source), OnnxElement.Of(to)!.Value));
    }
}
