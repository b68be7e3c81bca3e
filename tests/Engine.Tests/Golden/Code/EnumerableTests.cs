#nullable disable
using Engine.Tests.Golden.Rows;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Engine.Tests.Golden.Code;

/// <summary>Rows from objects, and objects from rows.</summary>
[TestFixture]
public class EnumerableTests() : CodeCases("enumerable")
{
    [TestCase("attributes-schema")]
    public void AttributesSchema_Code_Agrees(string id) => Agree(id, ml => ml.Data.LoadFromEnumerable(new[] { new Attr() }).Schema);

    [TestCase("attributes-row-with-nulls")]
    public void AttributesRowWithNulls_Code_Agrees(string id) => Agree(id, ml =>
    {
        var v = ml.Data.LoadFromEnumerable(new[] { new Attr { A = 1, Fixed = new float[3], Keys = new uint[2], Matrix = new float[6] } });
        return Dump.Rows(v, new[] { "Renamed", "Fixed", "Unknown", "Variable", "Matrix", "Key", "ByteKey", "Keys", "Text", "Memory",
            "Flag", "Int", "Buffer" }, 1).rows;
    });

    [TestCase("null-fixed-vector")]
    public void NullFixedVector_Code_Agrees(string id) => Agree(id, ml =>
    {
        var v = ml.Data.LoadFromEnumerable(new[] { new VecRow { Features = null } });
        return Dump.Rows(v, new[] { "Features" }, 1).rows;
    });

    [TestCase("short-fixed-vector")]
    public void ShortFixedVector_Code_Agrees(string id) => Agree(id, ml =>
    {
        var v = ml.Data.LoadFromEnumerable(new[] { new VecRow { Features = new float[] { 1, 2 } } });
        return Dump.Rows(v, new[] { "Features" }, 1).rows;
    });

    [TestCase("long-fixed-vector")]
    public void LongFixedVector_Code_Agrees(string id) => Agree(id, ml =>
    {
        var v = ml.Data.LoadFromEnumerable(new[] { new VecRow { Features = new float[] { 1, 2, 3, 4, 5 } } });
        return Dump.Rows(v, new[] { "Features" }, 1).rows;
    });

    [TestCase("null-string")]
    public void NullString_Code_Agrees(string id) => Agree(id, ml =>
    {
        var v = ml.Data.LoadFromEnumerable(new[] { new TextRow() });
        return new
        {
            rows = Dump.Rows(v, new[] { "Text" }, 1).rows,
            back = ml.Data.CreateEnumerable<TextRow>(v, false).First().Text == null ? "null" : "empty"
        };
    });

    [TestCase("null-row")]
    public void NullRow_Code_Agrees(string id) => Agree(id, ml =>
    {
        var v = ml.Data.LoadFromEnumerable(new TextRow[] { null });
        return Dump.Rows(v, new[] { "Text" }, 1).rows;
    });

    [TestCase("null-enumerable")]
    public void NullEnumerable_Code_Agrees(string id) => Agree(id, ml => ml.Data.LoadFromEnumerable((IEnumerable<TextRow>)null).Schema);

    [TestCase("empty-enumerable")]
    public void EmptyEnumerable_Code_Agrees(string id) => Agree(id, ml =>
    {
        var v = ml.Data.LoadFromEnumerable(Array.Empty<TextRow>());
        return new { v.Schema.Count, rows = v.GetRowCount() };
    });

    [TestCase("row-count-known")]
    public void RowCountKnown_Code_Agrees(string id) =>
        Agree(id, ml => new
        {
            array = ml.Data.LoadFromEnumerable(new TextRow[3]).GetRowCount(),
            lazy = ml.Data.LoadFromEnumerable(Enumerable.Range(0, 3).Select(i => new TextRow())).GetRowCount()
        });

    [TestCase("can-shuffle")]
    public void CanShuffle_Code_Agrees(string id) =>
        Agree(id, ml => new
        {
            array = ml.Data.LoadFromEnumerable(new TextRow[3]).CanShuffle,
            lazy = ml.Data.LoadFromEnumerable(Enumerable.Range(0, 3).Select(i => new TextRow())).CanShuffle
        });

    [TestCase("lazy-reenumerated")]
    public void LazyReenumerated_Code_Agrees(string id) => Agree(id, ml =>
    {
        int n = 0;
        var v = ml.Data.LoadFromEnumerable(Enumerable.Range(0, 3).Select(i => { n++; return new TextRow { Text = "t" + i }; }));
        v.GetColumn<string>("Text").ToArray();
        v.GetColumn<string>("Text").ToArray();
        return n;
    });

    [TestCase("inherited-members")]
    public void InheritedMembers_Code_Agrees(string id) =>
        Agree(id, ml => ml.Data.LoadFromEnumerable(new[] { new Derived() }).Schema.Select(c => c.Name));

    [TestCase("key-out-of-range")]
    public void KeyOutOfRange_Code_Agrees(string id) => Agree(id, ml =>
    {
        var v = ml.Data.LoadFromEnumerable(new[] { new KeyLabelRow { Key = 9, Features = new float[2] },
            new KeyLabelRow { Key = 3, Features = new float[2] }, new KeyLabelRow { Key = 0, Features = new float[2] } });
        return v.GetColumn<uint>("Key");
    });

    [TestCase("key-members-scalar-and-vector")]
    public void KeyMembersScalarAndVector_Code_Agrees(string id) => Agree(id, ml =>
    {
        var v = ml.Data.LoadFromEnumerable(new uint[] { 0, 1, 2, 3, 4,
            5 }.Select(k => new CatRow { Key = k, KeyVec = new[] { k, 0u, 1u } }));
        return new
        {
            scalar = v.GetColumn<uint>("Key").ToArray(),
            vector = v.GetColumn<uint[]>("KeyVec").ToArray(),
            cursor = Dump.Rows(v, new[] { "Key", "KeyVec" }, 9).rows,
            back = ml.Data.CreateEnumerable<CatRow>(v, false).Select(r => r.Key)
                .ToArray(),
            backVector = ml.Data.CreateEnumerable<CatRow>(v, false).Select(r => r.KeyVec).ToArray()
        };
    });

    [TestCase("bad-object")]
    public void BadObject_Code_Agrees(string id) => Agree(id, ml => ml.Data.LoadFromEnumerable(new[] { new Bad1() }).Schema);

    [TestCase("bad-decimal")]
    public void BadDecimal_Code_Agrees(string id) => Agree(id, ml => ml.Data.LoadFromEnumerable(new[] { new Bad2() }).Schema);

    [TestCase("bad-list")]
    public void BadList_Code_Agrees(string id) => Agree(id, ml => ml.Data.LoadFromEnumerable(new[] { new Bad3() }).Schema);

    [TestCase("bad-nullable")]
    public void BadNullable_Code_Agrees(string id) => Agree(id, ml => ml.Data.LoadFromEnumerable(new[] { new Bad4() }).Schema);

    [TestCase("bad-key-on-float")]
    public void BadKeyOnFloat_Code_Agrees(string id) => Agree(id, ml => ml.Data.LoadFromEnumerable(new[] { new KeyOnFloat() }).Schema);

    [TestCase("bad-key-without-count")]
    public void BadKeyWithoutCount_Code_Agrees(string id) =>
        Agree(id, ml => ml.Data.LoadFromEnumerable(new[] { new KeyNoCount() }).Schema);

    [TestCase("bad-vector-on-scalar")]
    public void BadVectorOnScalar_Code_Agrees(string id) =>
        Agree(id, ml => ml.Data.LoadFromEnumerable(new[] { new VecOnScalar() }).Schema);

    [TestCase("bad-duplicate-name")]
    public void BadDuplicateName_Code_Agrees(string id) =>
        Agree(id, ml => ml.Data.LoadFromEnumerable(new[] { new DupName() }).Schema.Count);

    [TestCase("schema-definition")]
    public void SchemaDefinition_Code_Agrees(string id) => Agree(id, ml =>
    {
        var sd = SchemaDefinition.Create(typeof(VecRow));
        sd["Features"].ColumnType = new VectorDataViewType(NumberDataViewType.Single, 2);
        sd["Label"].ColumnName = "Y";
        return ml.Data.LoadFromEnumerable(new[] { new VecRow { Features = new float[] { 1, 2 } } }, sd).Schema;
    });

    [TestCase("schema-definition-columns")]
    public void SchemaDefinitionColumns_Code_Agrees(string id) =>
        Agree(id, ml => SchemaDefinition.Create(typeof(Attr)).Select(c => c.MemberName + " -> " + c.ColumnName + " : " + c.ColumnType));

    [TestCase("schema-definition-column-subset")]
    public void SchemaDefinitionColumnSubset_Code_Agrees(string id) => Agree(id, ml =>
    {
        var sd = SchemaDefinition.Create(typeof(VecRow));
        sd.RemoveAt(2);
        return ml.Data.LoadFromEnumerable(new[] { new VecRow() }, sd).Schema.Select(c => c.Name);
    });

    [TestCase("schema-definition-annotation")]
    public void SchemaDefinitionAnnotation_Code_Agrees(string id) => Agree(id, ml =>
    {
        var sd = SchemaDefinition.Create(typeof(VecRow));
        sd["Features"].AddAnnotation("SlotNames",
            new VBuffer<ReadOnlyMemory<char>>(4, new[] { "p".AsMemory(), "q".AsMemory(), "r".AsMemory(), "s".AsMemory() }),
                new VectorDataViewType(TextDataViewType.Instance, 4));
        return ml.Data.LoadFromEnumerable(new[] { new VecRow { Features = new float[4] } }, sd).Schema;
    });

    [TestCase("create-enumerable")]
    public void CreateEnumerable_Code_Agrees(string id) =>
        Agree(id, ml => ml.Data.CreateEnumerable<Tgt>(ml.Data.LoadFromEnumerable(_some), reuseRowObject: false).ToArray());

    [TestCase("create-enumerable-reuse")]
    public void CreateEnumerableReuse_Code_Agrees(string id) =>
        Agree(id, ml => ml.Data.CreateEnumerable<Tgt>(ml.Data.LoadFromEnumerable(_some), reuseRowObject: true).ToArray().Select(x => x.A));

    [TestCase("create-enumerable-missing-column")]
    public void CreateEnumerableMissingColumn_Code_Agrees(string id) =>
        Agree(id, ml => ml.Data.CreateEnumerable<TgtMore>(ml.Data.LoadFromEnumerable(_some), false).ToArray());

    [TestCase("create-enumerable-ignore-missing")]
    public void CreateEnumerableIgnoreMissing_Code_Agrees(string id) =>
        Agree(id, ml => ml.Data.CreateEnumerable<TgtMore>(ml.Data.LoadFromEnumerable(_some), false, ignoreMissingColumns: true).ToArray());

    [TestCase("create-enumerable-wrong-type")]
    public void CreateEnumerableWrongType_Code_Agrees(string id) =>
        Agree(id, ml => ml.Data.CreateEnumerable<TgtWrong>(ml.Data.LoadFromEnumerable(_some), false).ToArray());

    [TestCase("create-enumerable-vector-to-array")]
    public void CreateEnumerableVectorToArray_Code_Agrees(string id) =>
        Agree(id, ml => ml.Data.CreateEnumerable<TgtVec>(ml.Transforms.CopyColumns("V", "Features")
            .Fit(ml.Data.LoadFromEnumerable(new[] { new VecRow { Features = new float[] { 1, 2, 3, 4 } } }))
                .Transform(ml.Data.LoadFromEnumerable(new[] { new VecRow { Features = new float[] { 1, 2, 3, 4 } } })), false).ToArray());

    [TestCase("create-enumerable-vector-to-vbuffer")]
    public void CreateEnumerableVectorToVbuffer_Code_Agrees(string id) =>
        Agree(id, ml => ml.Data.CreateEnumerable<TgtVBuf>(ml.Transforms.CopyColumns("V", "Features")
            .Fit(ml.Data.LoadFromEnumerable(new[] { new VecRow { Features = new float[] { 1, 2, 3, 4 } } }))
                .Transform(ml.Data.LoadFromEnumerable(new[] { new VecRow { Features = new float[] { 1, 2, 3, 4 } } })), false)
                    .Select(x => x.V.DenseValues()).ToArray());

    [TestCase("create-enumerable-key-to-uint")]
    public void CreateEnumerableKeyToUint_Code_Agrees(string id) => Agree(id, ml =>
    {
        var d = ml.Data.LoadFromEnumerable(new[] { new TextRow { Text = "b" }, new TextRow { Text = "a" } });
        return ml.Data.CreateEnumerable<KeyOut>(ml.Transforms.Conversion.MapValueToKey("K", "Text").Fit(d).Transform(d), false).ToArray();
    });

    [TestCase("create-enumerable-key-to-uint-with-attribute")]
    public void CreateEnumerableKeyToUintWithAttribute_Code_Agrees(string id) => Agree(id, ml =>
    {
        var d = ml.Data.LoadFromEnumerable(new[] { new TextRow { Text = "b" }, new TextRow { Text = "a" } });
        return ml.Data.CreateEnumerable<KeyOutAttr>(ml.Transforms.Conversion.MapValueToKey("K", "Text").Fit(d).Transform(d), false)
            .ToArray();
    });

    [TestCase("create-enumerable-float-vector-of-text")]
    public void CreateEnumerableFloatVectorOfText_Code_Agrees(string id) =>
        Agree(id, ml => ml.Data.CreateEnumerable<WordsRow>(ml.Data.LoadFromEnumerable(new[] { new WordsRow { Words = new[] { "a", null,
            "c" } } }), false).ToArray());

    [TestCase("get-column-array")]
    public void GetColumnArray_Code_Agrees(string id) =>
        Agree(id, ml => ml.Data.LoadFromEnumerable(new[] { new VecRow { Features = new float[] { 1, 2, 3, 4 } } })
            .GetColumn<float[]>("Features").ToArray());

    [TestCase("get-column-string")]
    public void GetColumnString_Code_Agrees(string id) =>
        Agree(id, ml => ml.Data.LoadFromEnumerable(_some).GetColumn<string>("Text").Select(x => x ?? "(null)").ToArray());

    [TestCase("get-column-wrong-type")]
    public void GetColumnWrongType_Code_Agrees(string id) =>
        Agree(id, ml => ml.Data.LoadFromEnumerable(_some).GetColumn<double>("A").ToArray());

    [TestCase("get-column-missing")]
    public void GetColumnMissing_Code_Agrees(string id) =>
        Agree(id, ml => ml.Data.LoadFromEnumerable(_some).GetColumn<float>("Nope").ToArray());

    [TestCase("schema-index-missing")]
    public void SchemaIndexMissing_Code_Agrees(string id) => Agree(id, ml => ml.Data.LoadFromEnumerable(_some).Schema["Nope"].Index);

    [TestCase("cursor-inactive-column")]
    public void CursorInactiveColumn_Code_Agrees(string id) => Agree(id, ml =>
    {
        var v = ml.Data.LoadFromEnumerable(_some);
        using var c = v.GetRowCursor(new[] { v.Schema["A"] });
        c.MoveNext();
        ReadOnlyMemory<char> t = default;
        c.GetGetter<ReadOnlyMemory<char>>(v.Schema["Text"])(ref t);
        return t;
    });

    [TestCase("cursor-position")]
    public void CursorPosition_Code_Agrees(string id) => Agree(id, ml =>
    {
        var v = ml.Data.LoadFromEnumerable(_some);
        using var c = v.GetRowCursor(v.Schema);
        var l = new List<long> { c.Position };
        while (c.MoveNext()) l.Add(c.Position);
        l.Add(c.Position);
        return l;
    });

    [TestCase("cursor-read-before-move")]
    public void CursorReadBeforeMove_Code_Agrees(string id) => Agree(id, ml =>
    {
        var v = ml.Data.LoadFromEnumerable(_some);
        using var c = v.GetRowCursor(v.Schema);
        float f = 0;
        c.GetGetter<float>(v.Schema["A"])(ref f);
        return f;
    });

    [TestCase("cursor-getter-wrong-type")]
    public void CursorGetterWrongType_Code_Agrees(string id) => Agree(id, ml =>
    {
        var v = ml.Data.LoadFromEnumerable(_some);
        using var c = v.GetRowCursor(v.Schema);
        c.MoveNext();
        double f = 0;
        c.GetGetter<double>(v.Schema["A"])(ref f);
        return f;
    });

    [TestCase("type-to-string")]
    public void TypeToString_Code_Agrees(string id) => Agree(id, ml => new DataViewType[]
    {
        NumberDataViewType.Single, NumberDataViewType.Double, NumberDataViewType.Int32, NumberDataViewType.UInt64,
        TextDataViewType.Instance, BooleanDataViewType.Instance, DateTimeDataViewType.Instance, TimeSpanDataViewType.Instance,
        DateTimeOffsetDataViewType.Instance, RowIdDataViewType.Instance, new KeyDataViewType(typeof(uint), 5),
        new KeyDataViewType(typeof(byte), 255), new VectorDataViewType(NumberDataViewType.Single, 3),
        new VectorDataViewType(NumberDataViewType.Single), new VectorDataViewType(NumberDataViewType.Single, 2, 3),
        new VectorDataViewType(new KeyDataViewType(typeof(uint), 4), 2),
    }.Select(t => t.ToString()));

    [TestCase("type-equality")]
    public void TypeEquality_Code_Agrees(string id) =>
        Agree(id, ml => new
        {
            vec = new VectorDataViewType(NumberDataViewType.Single, 3).Equals(new VectorDataViewType(NumberDataViewType.Single, 3)),
            vecDims = new VectorDataViewType(NumberDataViewType.Single, 6).Equals(new VectorDataViewType(NumberDataViewType.Single, 2, 3)),
            key = new KeyDataViewType(typeof(uint), 3).Equals(new KeyDataViewType(typeof(uint), 3)),
            keyCount = new KeyDataViewType(typeof(uint), 3).Equals(new KeyDataViewType(typeof(uint), 4)),
            text = TextDataViewType.Instance.Equals(TextDataViewType.Instance)
        });

    [TestCase("vbuffer-basics")]
    public void VbufferBasics_Code_Agrees(string id) => Agree(id, ml =>
    {
        var v = new VBuffer<float>(5, 2, new float[] { 7, 9 }, new[] { 1, 4 });
        return new
        {
            v.Length,
            v.IsDense,
            dense = v.DenseValues(),
            items = v.Items().Select(x => x.Key + "=" + x.Value),
            all = v.Items(true).Count(),
            at4 = v.GetItemOrDefault(4),
            at0 = v.GetItemOrDefault(0),
            values = v.GetValues().ToArray(),
            indices = v.GetIndices().ToArray()
        };
    });

    private static readonly Tgt[] _some = [new Tgt { A = 1, Text = "x" }, new Tgt { A = 2, Text = null }];
}
