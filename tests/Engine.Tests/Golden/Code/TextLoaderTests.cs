#nullable disable
using Engine.Tests.Golden.Rows;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Engine.Tests.Golden.Code;

/// <summary>Loading of text by loaders and classes.</summary>
[TestFixture]
public class TextLoaderTests() : CodeCases("text-loader")
{
    [TestCase("load-from-text-file-class")]
    public void LoadFromTextFileClass_Code_Agrees(string id) => Agree(id, ml =>
    {
        var v = ml.Data.LoadFromTextFile<LoadColumnRow>(File("d1.csv"), separatorChar: ',', hasHeader: true);
        var r = Dump.Rows(v, new[] { "Label", "First", "Rest" }, 2);
        return new { schema = v.Schema, r.rows };
    });

    [TestCase("range-to-end-without-sample")]
    public void RangeToEndWithoutSample_Code_Agrees(string id) =>
        Agree(id, ml => ml.Data.CreateTextLoader(new TextLoader.Options
        {
            Separators = new[] { ',' },
            Columns = new[] { new TextLoader.Column("F", DataKind.Single, new[] { new TextLoader.Range(1, null) }) }
        })
                .GetOutputSchema());

    [TestCase("no-source-file-given")]
    public void NoSourceFileGiven_Code_Agrees(string id) =>
        Agree(id, ml => ml.Data.CreateTextLoader(new TextLoader.Options
        {
            Columns = new[] { new TextLoader.Column("A", DataKind.Single,
            0) }
        }).Load(new MultiFileSource(null)).GetColumn<float>("A").Count());

    [TestCase("loader-schema-before-load")]
    public void LoaderSchemaBeforeLoad_Code_Agrees(string id) =>
        Agree(id, ml => ml.Data.CreateTextLoader(new[] { new TextLoader.Column("A", DataKind.Single, 0),
            new TextLoader.Column("V", DataKind.Single, 1, 3),
                new TextLoader.Column("K", DataKind.UInt32, new[] { new TextLoader.Range(4) }, new KeyCount(7)) }, separatorChar: ',')
                    .GetOutputSchema());

    [TestCase("options-defaults")]
    public void OptionsDefaults_Code_Agrees(string id) => Agree(id, _ =>
    {
        var facts = Dump.Members(new TextLoader.Options());
        facts["$type"] = "TextLoader.Options";
        return facts;
    });
}
