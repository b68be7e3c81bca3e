using Engine.Tests.Golden.Rows;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Engine.Tests.Golden.Code;

/// <summary>Columns computed by functions of the user's.</summary>
[TestFixture]
public class ColumnsTests() : CodeCases("columns")
{
    [TestCase("custom-mapping")]
    public void CustomMapping_TwoMembers_AddsTwoColumns(string id) => Agree(id, ml =>
    {
        var view = Map<MapIn, MapOut>(ml, (i, r) =>
        {
            r.Sum = i.A + i.B;
            r.Text = i.B > 0 ? "pos" : null!;
        });
        return new
        {
            columns = view.Schema.Select(c => c.Name),
            schema = view.Schema.Where(c => c.Name is "Sum" or "Text").Select(Dump.Column),
            rows = Rows(view, ["Sum", "Text"], 9),
        };
    });

    [TestCase("custom-mapping-vector")]
    public void CustomMapping_ArrayMember_AddsAVector(string id) =>
        Agree(id, ml => Rows(Map<MapIn, MapOutVec>(ml, (i, r) => r.AB = [i.A, i.B]), ["AB"], 9));

    [TestCase("custom-mapping-overwrites")]
    public void CustomMapping_NameOfAColumn_HidesTheColumn(string id) => Agree(id, ml =>
    {
        var view = Map<MapIn, MapOutSame>(ml, (i, r) => r.A = i.A * 2);
        return new { columns = view.Schema.Select(c => c.Name + (c.IsHidden ? " (hidden)" : "")), rows = Rows(view, ["A"], 9) };
    });

    [TestCase("custom-mapping-missing-input")]
    public void CustomMapping_MemberWithoutColumn_Fails(string id) => Agree(id, ml => Map<MapInMissing, MapOut>(ml, (_, _) => { }).Schema.Count);

    [TestCase("custom-mapping-wrong-input-type")]
    public void CustomMapping_MemberOfAnotherType_Fails(string id) => Agree(id, ml => Map<MapInWrong, MapOut>(ml, (_, _) => { }).Schema.Count);

    [TestCase("custom-mapping-throws")]
    public void CustomMapping_FunctionThrows_Fails(string id) =>
        Agree(id, ml => Map<MapIn, MapOut>(ml, (_, _) => throw new InvalidOperationException("mine")).GetColumn<float>("Sum").ToArray());

    [TestCase("custom-mapping-save-without-contract")]
    public void Save_CustomMapping_Fails(string id) => Agree(id, ml =>
    {
        var view = Load("N", ml);
        using var stream = new MemoryStream();
        ml.Model.Save(ml.Transforms.CustomMapping<MapIn, MapOut>((_, _) => { }, null).Fit(view), view.Schema, stream);
        return stream.Length > 0;
    });

    private static IDataView Map<TIn, TOut>(MLContext ml, Action<TIn, TOut> map)
        where TIn : class, new()
        where TOut : class, new()
    {
        var view = Load("N", ml);
        return ml.Transforms.CustomMapping(map, null).Fit(view).Transform(view);
    }

    private sealed class MapOutSame
    {
        public float A { get; set; }
    }

    private sealed class MapInMissing
    {
        public float Nope { get; set; }
    }

    private sealed class MapInWrong
    {
        public double A { get; set; }
    }
}
