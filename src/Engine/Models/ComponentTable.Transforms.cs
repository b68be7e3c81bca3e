using Microsoft.ML.Data;
using Microsoft.ML.Transforms;
using Microsoft.ML.Transforms.Text;

namespace Microsoft.ML;

internal static partial class ComponentTable
{
    static partial void AddTransforms(Dictionary<string, Func<ModelLoadContext, object>> readers)
    {
        readers.Add(ChainFormat.Kind, ChainFormat.Load);
        readers.Add(ColumnCopyingTransformer.Kind, ColumnCopyingTransformer.Load);
        readers.Add(ColumnSelectingTransformer.Kind, ColumnSelectingTransformer.Load);
        readers.Add(ColumnConcatenatingTransformer.Kind, ColumnConcatenatingTransformer.Load);
        readers.Add(ValueToKeyMappingTransformer.Kind, ValueToKeyMappingTransformer.Load);
        readers.Add(KeyToValueMappingTransformer.Kind, KeyToValueMappingTransformer.Load);
        readers.Add(NormalizingTransformer.Kind, NormalizingTransformer.Load);
        readers.Add(LpNormNormalizingTransformer.Kind, LpNormNormalizingTransformer.Load);
        readers.Add(MissingValueIndicatorTransformer.Kind, MissingValueIndicatorTransformer.Load);
        readers.Add(MissingValueReplacingTransformer.Kind, MissingValueReplacingTransformer.Load);
        readers.Add(SlotSelectingTransformer.Kind, SlotSelectingTransformer.Load);
        readers.Add(PrincipalComponentAnalysisTransformer.Kind, PrincipalComponentAnalysisTransformer.Load);
        readers.Add(TextNormalizingTransformer.Kind, TextNormalizingTransformer.Load);
        readers.Add(WordTokenizingTransformer.Kind, WordTokenizingTransformer.Load);
        readers.Add(TokenizingByCharactersTransformer.Kind, TokenizingByCharactersTransformer.Load);
        readers.Add(StopWordsRemovingTransformer.Kind, StopWordsRemovingTransformer.Load);
        readers.Add(CustomStopWordsRemovingTransformer.Kind, CustomStopWordsRemovingTransformer.Load);
        readers.Add(NgramExtractingTransformer.Kind, NgramExtractingTransformer.Load);
        readers.Add(TypeConvertingTransformer.Kind, TypeConvertingTransformer.Load);
        readers.Add(ValueMappingTransformer.Kind, ValueMappingTransformer.Load);
        readers.Add(HashingTransformer.Kind, HashingTransformer.Load);
        readers.Add(KeyToVectorMappingTransformer.Kind, KeyToVectorMappingTransformer.Load);
        readers.Add(KeyToBinaryVectorMappingTransformer.Kind, KeyToBinaryVectorMappingTransformer.Load);
        readers.Add(OneHotEncodingTransformer.Kind, OneHotEncodingTransformer.Load);
        readers.Add(OneHotHashEncodingTransformer.Kind, OneHotHashEncodingTransformer.Load);
    }
}
