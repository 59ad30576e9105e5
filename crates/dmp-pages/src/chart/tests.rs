//! Coordinates, and values that no laboratory should ever send.

use super::*;
use crate::Lang;

const SAID: Said = Said { id: "c", title: "Glycémie <b>", description: "Trois valeurs" };

fn point(day: f64, value: f64) -> CurvePoint {
    CurvePoint { day, value, laboratory: 0, converted: false, outside: false, after_gap: false }
}

fn drawn(points: &[CurvePoint], low: Option<f64>, high: Option<f64>) -> Option<String> {
    let days = [(0.0, "2024 & <2025>".to_owned())];
    curve(&Curve { said: SAID, points, low, high, unit: "g/L", days: &days, lang: Lang::Fr }).map(|svg| svg.as_str().to_owned())
}

fn places(svg: &str) -> Vec<(f64, f64)> {
    let points = svg.split("points=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap_or_default();
    points.split(' ').filter_map(|pair| pair.split_once(',')).map(|(x, y)| (x.parse().unwrap(), y.parse().unwrap())).collect()
}

fn is_sound(svg: &str) -> bool {
    !svg.contains("NaN") && !svg.contains("inf") && svg.matches("<svg").count() == 1 && svg.ends_with("</svg>") && !svg.contains("<b>")
}

#[test]
fn a_curve_rises_from_left_to_right_inside_its_frame() {
    let svg = drawn(&[point(0.0, 1.0), point(50.0, 2.0), point(100.0, 3.0)], None, None).unwrap();
    let places = places(&svg);
    assert_eq!(places.len(), 3);
    // The middle value stands in the middle of the frame: x between 50 and 386, y between 24 and 190.
    assert_eq!(places[1], (218.0, 107.0));
    assert!(places[0].0 < places[2].0 && places[0].1 > places[2].1);
    assert!(is_sound(&svg), "{svg}");
}

#[test]
fn the_band_lies_between_its_bounds_and_reaches_the_edge_without_one() {
    let svg = drawn(&[point(0.0, 0.0), point(1.0, 10.0)], Some(0.0), Some(10.0)).unwrap();
    assert!(svg.contains("<rect class=\"usual\" x=\"50\" y=\"37.8\" width=\"336.0\" height=\"138.3\"/>"), "{svg}");
    let open = drawn(&[point(0.0, 0.0), point(1.0, 10.0)], Some(0.0), None).unwrap();
    assert!(open.contains("y=\"24.0\" width=\"336.0\" height=\"152.2\""), "{open}");
    assert!(!drawn(&[point(0.0, 5.0)], Some(9.0), Some(1.0)).unwrap().contains("usual"), "a range upside down is none");
}

#[test]
fn one_point_and_equal_points_stand_in_the_middle() {
    let one = drawn(&[point(7.0, 4.2)], None, None).unwrap();
    assert!(one.contains("M214.0 107.0a4 4") && !one.contains("polyline"), "{one}");
    let equal = drawn(&[point(0.0, 4.2), point(9.0, 4.2)], None, None).unwrap();
    assert!(places(&equal).iter().all(|(_, y)| *y == 107.0), "{equal}");
    assert!(is_sound(&drawn(&[point(1.0, 0.0), point(1.0, 0.0)], None, None).unwrap()));
}

#[test]
fn hostile_values_are_left_out_and_nothing_overflows() {
    assert!(drawn(&[], Some(1.0), Some(2.0)).is_none());
    assert!(drawn(&[point(0.0, f64::NAN), point(1.0, f64::INFINITY), point(f64::NAN, 1.0), point(0.0, 1e300)], None, None).is_none());
    let svg = drawn(&[point(0.0, f64::NAN), point(1.0, -1e15), point(2.0, 1e15), point(3.0, f64::MAX)], Some(f64::NAN), Some(f64::INFINITY)).unwrap();
    assert_eq!(places(&svg).len(), 2);
    assert!(is_sound(&svg), "{svg}");
    assert!(is_sound(&drawn(&[point(0.0, 5e-324), point(1.0, 1e-300)], None, None).unwrap()));
}

#[test]
fn five_hundred_points_keep_their_line_and_thin_their_markers() {
    let points: Vec<CurvePoint> = (0..500_i32).map(|day| point(f64::from(day), f64::from(day % 17))).collect();
    let svg = drawn(&points, None, None).unwrap();
    assert_eq!(places(&svg).len(), 500);
    assert_eq!(svg.matches("class=\"mark\"").count(), 72);
    assert!(svg.len() < 20_000, "{}", svg.len());
}

#[test]
fn texts_are_escaped_and_ticks_are_french() {
    let svg = drawn(&[point(0.0, 0.1), point(1.0, 0.9)], None, None).unwrap();
    assert!(svg.contains("Glycémie &lt;b&gt;") && svg.contains("2024 &amp; &lt;2025&gt;") && svg.contains(">0,4</text>"), "{svg}");
    assert!(svg.contains("role=\"img\" aria-labelledby=\"c-t c-d\""));
}

#[test]
fn laboratories_have_shapes_and_converted_values_are_hollow() {
    let mut points: Vec<CurvePoint> = (0..7).map(|laboratory| CurvePoint { laboratory, ..point(laboratory as f64, 1.0) }).collect();
    points[1].converted = true;
    points[2].outside = true;
    let svg = drawn(&points, None, None).unwrap();
    assert_eq!(svg.matches("class=\"mark hollow\"").count(), 1);
    assert_eq!(svg.matches("class=\"mark out\"").count(), 1);
    let shapes: std::collections::BTreeSet<String> = (0..7).map(|number| marker(number).as_str().to_owned()).collect();
    assert_eq!(shapes.len(), 6);
}

fn barred(value: f64, low: Option<f64>, high: Option<f64>) -> Option<String> {
    bar(&Bar { said: SAID, value, low, high }).map(|svg| svg.as_str().to_owned())
}

#[test]
fn the_range_is_the_middle_of_its_bar() {
    let svg = barred(5.0, Some(4.0), Some(6.0)).unwrap();
    assert!(svg.contains("<rect class=\"usual\" x=\"50.0\" y=\"6\" width=\"100.0\""), "{svg}");
    assert!(svg.contains("class=\"mark\" d=\"M100.0 20"), "{svg}");
    assert!(barred(1000.0, Some(4.0), Some(6.0)).unwrap().contains("class=\"mark out\" d=\"M195.0 20"));
    assert!(barred(6.8, None, Some(6.0)).unwrap().contains("class=\"mark out\" d=\"M151.1 20"));
    assert!(barred(90.0, Some(60.0), None).unwrap().contains("class=\"mark\" d=\"M133.3 20"));
}

#[test]
fn a_bar_without_a_sound_range_is_not_drawn() {
    for (value, low, high) in [
        (1.0, None, None),
        (f64::NAN, Some(1.0), Some(2.0)),
        (1.0, Some(2.0), Some(2.0)),
        (1.0, Some(3.0), Some(2.0)),
        (1.0, Some(f64::NEG_INFINITY), Some(2.0)),
        (1.0, None, Some(0.0)),
        (1e300, Some(1.0), Some(2.0)),
    ] {
        assert!(barred(value, low, high).is_none(), "{value} {low:?} {high:?}");
    }
    assert!(is_sound(&barred(-1e15, Some(-1e15), Some(1e15)).unwrap()));
}

#[test]
fn a_sparkline_needs_two_values_and_shows_the_last_sixty() {
    assert!(sparkline(&[]).is_none() && sparkline(&[1.0]).is_none() && sparkline(&[1.0, f64::NAN]).is_none());
    let svg = sparkline(&[1.0, 3.0]).unwrap();
    assert_eq!(places(svg.as_str()), [(3.0, 16.0), (68.0, 4.0)]);
    let long: Vec<f64> = (0..500_i32).map(f64::from).collect();
    assert_eq!(places(sparkline(&long).unwrap().as_str()).len(), 60);
    assert!(is_sound(sparkline(&[7.0, 7.0]).unwrap().as_str()));
}
