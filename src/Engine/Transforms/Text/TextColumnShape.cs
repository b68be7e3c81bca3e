using Microsoft.ML.Data;

namespace Microsoft.ML.Transforms.Text;

/// <summary>Checks and types that the transforms of text share.</summary>
internal static class TextColumnShape
{
    /// <summary>Text vectors whose length differs from row to row.</summary>
    public static readonly VectorDataViewType Words = new(TextDataViewType.Instance);

    public static void CheckText(DataViewSchema.Column column, bool vectorOnly = false)
    {
        if (column.Type.ItemType() is not TextDataViewType || (vectorOnly && column.Type is not VectorDataViewType))
            throw Check.Mismatch("input", column.Name, Expected(vectorOnly), column.Type.ToString()!);
    }

    public static SchemaShape.Column CheckText(SchemaShape.Column column, bool vectorOnly = false)
    {
        if (column.ItemType is not TextDataViewType || (vectorOnly && column.Kind == SchemaShape.Column.VectorKind.Scalar))
            throw Check.Mismatch("input", column.Name, Expected(vectorOnly), column.TypeText());
        return column;
    }

    public static SchemaShape.Column WordsColumn(string name) =>
        new(name, SchemaShape.Column.VectorKind.VariableVector, TextDataViewType.Instance, isKey: false);

    /// <summary>A step from text, one value or a vector, to words.</summary>
    public static MapStep ToWords(DataViewSchema.Column input, string output, WordSource source) => input.Type is VectorDataViewType
        ? MapStep.Map<VBuffer<ReadOnlyMemory<char>>, VBuffer<ReadOnlyMemory<char>>>(input, output, Words, null, () =>
        {
            var words = new List<ReadOnlyMemory<char>>();
            return (in VBuffer<ReadOnlyMemory<char>> texts, ref VBuffer<ReadOnlyMemory<char>> result) =>
            {
                foreach (var text in texts.GetValues())
                    source(text, words);
                Put(words, ref result);
            };
        })
        : MapStep.Map<ReadOnlyMemory<char>, VBuffer<ReadOnlyMemory<char>>>(input, output, Words, null, () =>
        {
            var words = new List<ReadOnlyMemory<char>>();
            return (in ReadOnlyMemory<char> text, ref VBuffer<ReadOnlyMemory<char>> result) =>
            {
                source(text, words);
                Put(words, ref result);
            };
        });

    private static string Expected(bool vectorOnly) => vectorOnly ? "Vector of String" : "String or vector of String";

    private static void Put(List<ReadOnlyMemory<char>> words, ref VBuffer<ReadOnlyMemory<char>> result)
    {
        var editor = VBufferEditor.Create(ref result, words.Count);
        words.CopyTo(editor.Values);
        result = editor.Commit();
        words.Clear();
    }
}

/// <summary>Adds the words of a text to a list.</summary>
internal delegate void WordSource(ReadOnlyMemory<char> text, List<ReadOnlyMemory<char>> words);
