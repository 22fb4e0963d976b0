from dockyard.course import exercise_cells, load


def test_an_exercise_has_the_cell_that_puts_it_not_those_that_check_it(small_course):
    course = load(small_course.directory)
    assert exercise_cells(course, "01-boxes") == {"boxes.run": "run"}


def test_a_lesson_without_a_notebook_has_none(small_course):
    assert exercise_cells(load(small_course.directory), "99-nothing") == {}


def test_an_author_s_change_is_seen(small_course):
    course = load(small_course.directory)
    assert exercise_cells(course, "01-boxes")
    small_course.change(course.notebook("01-boxes", "en"), "%exercise boxes.run", "%exercise boxes.fly")
    assert exercise_cells(course, "01-boxes") == {"boxes.fly": "run"}
